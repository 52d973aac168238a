/// Where the chunks of a stream come from: a blob, or memory.
public protocol ChunkSource: Sendable {
    /// Number of chunks.
    var chunkCount: Int { get }

    /// One chunk; called from several threads at once.
    func chunk(_ index: Int) throws -> [UInt8]
}
