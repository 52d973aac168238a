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
        blockByteCount: Int = ExactEncoder.defaultBlockByteCount
    ) throws {
        let encoder = try ExactEncoder(
            description: cube.description, fidelity: fidelity, blockByteCount: blockByteCount)
        chunks = [encoder.headerChunk()]
        for lines in encoder.header.blocks {
            chunks.append(try encoder.blockChunk(try cube.read(lines: lines)))
        }
    }

    /// Decodes the whole cube.
    func decoded(_ description: CubeDescription) throws -> SampleBlock {
        try ExactCubeSource(description: description, chunks: self)
            .read(lines: 0..<description.geometry.lines)
    }
}
