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
            let (words, spared) =
                represented.masked.map { ($0.words, $0.spared) }
                ?? (represented.words, represented.spared)
            settings = try CCSDSCoderSettings(
                searchedOn: words.filled(.byMeans, at: spared), mask: represented.masked?.mask,
                stop: stop)
        }
        ccsds = CCSDSCoder(
            settings: settings, bitDepthLimit: CCSDSCoderSettings.worthwhileBitDepth)
    }

    /// A block's words as bytes.
    struct Coded {
        let coder: ExactCoderIdentifier
        let arrangement: BlockArrangement
        let payload: [UInt8]
    }

    /// Codes a block's words.
    func encode(_ samples: RepresentedSamples) throws -> Coded {
        // How words lie for coders that know nothing of masks.
        let arrangement = samples.isPacked ? BlockArrangement.packed : .whole
        let filled = samples.words.filled(.byMeans, at: samples.spared)
        let differences = BandDifferenceCoder().coded(filled)
        var best = Coded(
            coder: .bandDifference, arrangement: arrangement, payload: differences)
        // The other coders leave nothing to be compressed.
        var byteCount = try storedByteCount(differences)
        func offer(
            _ coder: ExactCoderIdentifier, _ arrangement: BlockArrangement, _ payload: [UInt8]?
        ) {
            guard let payload, payload.count < byteCount else { return }
            best = Coded(coder: coder, arrangement: arrangement, payload: payload)
            byteCount = payload.count
        }
        if let masked = samples.masked {
            let words = masked.words.filled(.byMeans, at: masked.spared)
            offer(.ccsds123, .masked, try ccsds?.encode(words, mask: masked.mask))
        } else {
            offer(.ccsds123, arrangement, try ccsds?.encode(filled))
        }
        if let adaptive {
            let words = samples.words.filled(.byNeighbours, at: samples.spared)
            offer(.adaptive, arrangement, adaptive.encode(words))
        }
        return best
    }
}
