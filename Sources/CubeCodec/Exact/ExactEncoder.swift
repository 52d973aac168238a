import Cube

/// Writes an exact stream: chunk 0 is the header, then one chunk per block, in order.
///
/// A value without state: blocks may be coded from several threads at once.
public struct ExactEncoder: Sendable {
    /// Bytes of samples of a block by default, 8 MiB. Reading a window decodes whole blocks, at
    /// some 20 ms each; smaller ones would leave wide scenes a line or two a block, and what is
    /// above a line predicts it well (raw EMIT lines: 5.6 bits a sample with it, 7.2 without).
    public static let defaultBlockByteCount = 8 << 20

    /// What chunk 0 will hold, with the lines of every block.
    public let header: ExactStreamHeader
    private let coder: any ExactCoder

    /// An encoder for one cube.
    ///
    /// - Parameters:
    ///   - description: the cube; only geometry, sample type and nodata value go into the stream.
    ///   - fidelity: `lossless` or a maximum error, never `latent`.
    ///   - coder: codes each block.
    ///   - blockByteCount: bytes of samples of a block, at most; a longer line is still one block.
    /// - Throws: ``CubeCodecError/tooManyBands(count:limit:)``.
    public init(
        description: CubeDescription, fidelity: Fidelity,
        coder: any ExactCoder = BandDifferenceCoder(),
        blockByteCount: Int = ExactEncoder.defaultBlockByteCount
    ) throws(CubeCodecError) {
        self.coder = coder
        header = try ExactStreamHeader(
            description: description, fidelity: fidelity, coder: type(of: coder).identifier,
            blockByteCount: blockByteCount)
    }

    /// Chunk 0.
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
            block, fidelity: header.fidelity, nodataValue: header.nodataValue)
        let payload = try coder.encode(samples.words)
        let blockHeader = ExactBlockHeader(
            samples, coder: header.coder, lines: block.window.lines, payload: payload)
        return blockHeader.encode() + samples.exceptions + payload
    }
}
