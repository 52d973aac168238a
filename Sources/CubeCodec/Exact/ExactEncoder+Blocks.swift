import Basics
import Cube

/// Coding a cube from end to end, on several threads.
extension ExactEncoder {
    /// Reads and codes every block and hands the chunks on in order. The chunks are the same for
    /// every number of threads.
    ///
    /// - Parameters:
    ///   - threadCount: blocks coded at once; one more may be in memory.
    ///   - append: takes block `index`'s chunk, on the caller's thread.
    /// - Throws: what reading, coding and `append` throw; ``BasicsError/stopped``.
    public func encodeBlocks(
        of source: any CubeSource, threadCount: Int = OrderedWork.processorCount,
        stop: StopToken = StopToken(), append: (_ index: Int, _ chunk: [UInt8]) throws -> Void
    ) throws {
        try OrderedWork.run(count: header.blocks.count, threadCount: threadCount, stop: stop) {
            index in
            try self.blockChunk(source.read(lines: self.header.blocks[index]))
        } handOn: { index, chunk in
            try append(index, chunk)
        }
    }
}
