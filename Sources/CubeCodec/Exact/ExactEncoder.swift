import Basics
import Cube

/// Writes an exact stream: chunk 0 is the header, then one chunk per block, in order, and last the
/// header again.
///
/// A value without state: blocks may be coded from several threads at once.
public struct ExactEncoder: Sendable {
    /// Bytes of samples of a block by default, 8 MiB. Reading a window decodes whole blocks, in up
    /// to 0.2 s each; with blocks of 4, 2 and 1 MiB scenes are 0.1, 1.1 and 2.2 % longer, and wide
    /// scenes have a line or two a block, though what is above a line predicts it well (raw EMIT
    /// lines: 4.6 bits a sample with it, 7.2 without).
    public static let defaultBlockByteCount = 8 << 20

    /// Samples that the search of coding parameters looks at, and the fewest lines they come from.
    private static let searchSampleCount = 1_500_000
    private static let searchLineCount = 16

    /// What chunk 0 will hold, with the lines of every block.
    public let header: ExactStreamHeader
    private let coders: BlockCoders

    /// An encoder for one cube.
    ///
    /// - Parameters:
    ///   - description: the cube; only geometry, sample type and nodata value go into the stream.
    ///   - fidelity: `lossless` or a maximum error, never `latent`.
    ///   - coder: how blocks are coded; the search of coding parameters, where one is asked for, is
    ///     done here and takes a second or two.
    ///   - blockByteCount: bytes of samples of a block, at most; a longer line is still one block.
    ///   - storedByteCount: how many bytes a payload takes once it is compressed and stored, called
    ///     from several threads; nil for a guess from its entropy, which is up to a third off.
    /// - Throws: ``CubeCodecError/tooManyBands(count:limit:)``; ``BasicsError/stopped``.
    public init(
        description: CubeDescription, fidelity: Fidelity,
        coder: ExactCoderChoice = .automatic(sample: nil),
        blockByteCount: Int = ExactEncoder.defaultBlockByteCount,
        storedByteCount: (@Sendable ([UInt8]) throws -> Int)? = nil,
        stop: StopToken = StopToken()
    ) throws {
        header = try ExactStreamHeader(
            description: description, fidelity: fidelity, coder: coder.identifier,
            blockByteCount: blockByteCount)
        coders = try BlockCoders(
            coder, header: header, storedByteCount: storedByteCount, stop: stop)
    }

    /// A window in the middle of a cube that is large enough to search coding parameters on.
    public static func sampleWindow(of description: CubeDescription) -> CubeWindow {
        let geometry = description.geometry
        let pixelCount = max(1, searchSampleCount / geometry.bands)
        let lines = min(geometry.lines, max(searchLineCount, pixelCount / geometry.samples))
        let samples = min(geometry.samples, max(1, pixelCount / lines))
        let firstLine = (geometry.lines - lines) / 2
        let firstSample = (geometry.samples - samples) / 2
        return CubeWindow(
            lines: firstLine..<firstLine + lines, samples: firstSample..<firstSample + samples)
    }

    /// Chunk 0, and the last chunk.
    public func headerChunk() -> [UInt8] { header.encode() }

    /// The chunk of one block.
    ///
    /// - Parameter block: all samples and bands of one of the header's ranges of lines.
    /// - Throws: what the coder throws.
    public func blockChunk(_ block: SampleBlock) throws -> [UInt8] {
        precondition(
            header.blocks.contains(block.window.lines)
                && block.window.samples == 0..<header.geometry.samples
                && block.bandIndices.elementsEqual(0..<header.geometry.bands)
                && block.sampleType == header.sampleType,
            "a block is one of the header's, whole")
        let samples = RepresentedSamples(
            block, fidelity: header.fidelity, nodataValue: header.nodataValue,
            scale: coders.scale)
        let coded = try coders.encode(samples)
        let blockHeader = ExactBlockHeader(samples, coded, lines: block.window.lines)
        return blockHeader.encode() + samples.exceptions + coded.payload
    }
}
