import BlobStore
import CubeCodec

/// A blob as the archive will adapt it.
struct BlobChunks: ChunkSource {
    let reader: BlobReader

    var chunkCount: Int { reader.chunkCount }

    func chunk(_ index: Int) throws -> [UInt8] { try reader.chunk(index) }
}
