import Cube
import CubeCodec

/// A stream in memory.
struct MemoryChunks: ChunkSource {
    var chunks: [[UInt8]]

    var chunkCount: Int { chunks.count }

    func chunk(_ index: Int) -> [UInt8] { chunks[index] }

    /// Encodes a whole cube.
    init(
        _ cube: MemoryCube, _ fidelity: Fidelity = .lossless,
        coder: ExactCoderChoice = .bandDifference,
        blockByteCount: Int = ExactEncoder.defaultBlockByteCount,
        storedByteCount: (@Sendable ([UInt8]) throws -> Int)? = nil
    ) throws {
        let encoder = try ExactEncoder(
            description: cube.description, fidelity: fidelity, coder: coder,
            blockByteCount: blockByteCount, storedByteCount: storedByteCount)
        chunks = [encoder.headerChunk()]
        for lines in encoder.header.blocks {
            chunks.append(try encoder.blockChunk(try cube.read(lines: lines)))
        }
        chunks.append(encoder.headerChunk())
    }

    /// Encodes a whole cube as the archive does: the parameters are searched on its middle first.
    init(
        searched cube: MemoryCube, _ fidelity: Fidelity = .lossless,
        blockByteCount: Int = ExactEncoder.defaultBlockByteCount
    ) throws {
        let sample = try cube.read(
            ExactEncoder.sampleWindow(of: cube.description),
            bandIndices: Array(0..<cube.description.geometry.bands))
        try self.init(
            cube, fidelity, coder: .automatic(sample: sample), blockByteCount: blockByteCount)
    }

    /// The coders that the blocks name.
    var coders: [UInt8] { blocks.map { $0[5] } }

    /// What stands between the header and its copy.
    var blocks: ArraySlice<[UInt8]> { chunks.dropFirst().dropLast() }

    /// Decodes the whole cube.
    func decoded(_ description: CubeDescription) throws -> SampleBlock {
        try ExactCubeSource(description: description, chunks: self)
            .read(lines: 0..<description.geometry.lines)
    }
}
