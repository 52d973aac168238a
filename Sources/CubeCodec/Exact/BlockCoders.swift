import Basics
import Cube

/// Codes each block of a cube by the coder that makes it smallest.
struct BlockCoders: Sendable {
    /// The standard's coder with the cube's settings; nil where it is not to be tried.
    private let ccsds: CCSDSCoder?
    /// The slow coder; nil where it is not to be tried.
    private let adaptive: AdaptiveCoder?
    /// The scale of the cube's floats, so that all blocks have the same; nil where its sample has
    /// none.
    let scale: FloatScale?
    /// Bytes that a payload takes where it is stored.
    private let storedByteCount: @Sendable ([UInt8]) throws -> Int

    /// The coders of a choice; searches coding parameters where it has a sample for that.
    ///
    /// - Throws: ``BasicsError/stopped``.
    init(
        _ choice: ExactCoderChoice, header: ExactStreamHeader,
        storedByteCount: (@Sendable ([UInt8]) throws -> Int)?, stop: StopToken
    ) throws {
        self.storedByteCount = storedByteCount ?? { ByteEntropy.byteCount(of: $0) }
        let sample: SampleBlock?
        switch choice {
        case .automatic(let given):
            sample = given
            adaptive = nil
        case .best(let given):
            sample = given
            adaptive = AdaptiveCoder()
        case .bandDifference:
            adaptive = nil
            ccsds = nil
            scale = nil
            return
        }
        var settings = CCSDSCoderSettings()
        scale = sample.flatMap { FloatScale.found(in: $0, nodataValue: header.nodataValue) }
        if let sample {
            let represented = RepresentedSamples(
                sample, fidelity: header.fidelity, nodataValue: header.nodataValue, scale: scale)
            let words = represented.words.filled(.byMeans, at: represented.spared)
            settings = try CCSDSCoderSettings(searchedOn: words, stop: stop)
        }
        ccsds = CCSDSCoder(
            settings: settings, bitDepthLimit: CCSDSCoderSettings.worthwhileBitDepth)
    }

    /// Codes a block's words.
    func encode(
        _ samples: RepresentedSamples
    ) throws -> (coder: ExactCoderIdentifier, payload: [UInt8]) {
        let words = samples.words.filled(.byMeans, at: samples.spared)
        let differences = BandDifferenceCoder().coded(words)
        var best = (coder: ExactCoderIdentifier.bandDifference, payload: differences)
        // The other coders leave nothing to be compressed.
        var byteCount = try storedByteCount(differences)
        for (coder, payload) in [
            (ExactCoderIdentifier.ccsds123, try ccsds?.encode(words)),
            (
                .adaptive,
                adaptive?.encode(samples.words.filled(.byNeighbours, at: samples.spared))
            ),
        ] {
            guard let payload, payload.count < byteCount else { continue }
            best = (coder, payload)
            byteCount = payload.count
        }
        return best
    }
}
