import Cube
import Dispatch
import Synchronization

/// The samples of an exact stream, read window by window.
///
/// A window decodes only the blocks that it touches, several of them on several cores. The block
/// decoded last is kept, since whoever reads line by line asks for it again and again. Safe to use
/// from several threads at once.
public final class ExactCubeSource: CubeSource {
    /// The cube, as the caller describes it.
    public let description: CubeDescription
    /// What the stream says of itself.
    public let header: ExactStreamHeader
    /// What of the stream beside its blocks was found damaged and made up for; empty unless the
    /// source was opened to salvage.
    public let repairs: [String]
    private let chunks: any ChunkSource
    /// The chunk of each block; nil where it is lost.
    private let places: [Int?]
    private let decoder: ExactBlockDecoder
    private let lastBlock = Mutex<(index: Int, block: SampleBlock)?>(nil)

    /// Opens a stream; only its header is read yet.
    ///
    /// - Throws: ``CubeCodecError`` where the header is damaged or of another cube; what `chunks`
    ///   throws.
    public init(description: CubeDescription, chunks: any ChunkSource) throws {
        guard chunks.chunkCount > 0 else {
            throw CubeCodecError.damagedHeader(reason: "the stream has no chunk")
        }
        header = try ExactStreamHeader(decoding: try chunks.chunk(0))
        guard header.geometry == description.geometry, header.sampleType == description.sampleType
        else {
            throw CubeCodecError.wrongCube(
                expected: "\(description.geometry) of \(description.sampleType.rawValue)",
                found: "\(header.geometry) of \(header.sampleType.rawValue)")
        }
        guard chunks.chunkCount == header.chunkCount else {
            throw CubeCodecError.damagedHeader(
                reason: "\(header.blocks.count) blocks, but \(chunks.chunkCount) chunks")
        }
        self.description = description
        self.chunks = chunks
        places = header.blocks.indices.map { $0 + 1 }
        repairs = []
        decoder = ExactBlockDecoder(header: header)
    }

    /// Opens a stream of which parts may be lost: the header's copy serves where chunk 0 is
    /// damaged, and where neither can be used the blocks themselves say which lines they hold.
    ///
    /// - Parameter isRecovered: the chunks were found without an index, so that some may be missing
    ///   and none is known to be in its place.
    /// - Throws: ``CubeCodecError`` where no block is left or the stream is of another cube.
    public init(
        description: CubeDescription, salvaging chunks: any ChunkSource, isRecovered: Bool
    ) throws {
        let salvage = try ExactStreamSalvage(description, chunks, isRecovered: isRecovered)
        self.description = description
        self.chunks = chunks
        header = salvage.header
        places = salvage.places
        repairs = salvage.repairs
        decoder = ExactBlockDecoder(header: header)
    }

    /// Reads some pixels of some bands.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``;
    ///   ``CubeCodecError/damagedBlock(lines:reason:)`` for the first damaged block it meets.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: bandIndices)
        let touched = header.blocks.indices.filter { header.blocks[$0].overlaps(window.lines) }
        if touched.count == 1 {
            return try block(touched[0]).cropped(to: window, bandIndices: bandIndices)
        }
        return try join(touched, window, bandIndices)
    }

    /// One decoded block, from memory where it was the last.
    private func block(_ index: Int) throws -> SampleBlock {
        if let kept = lastBlock.withLock({ $0 }), kept.index == index { return kept.block }
        let block = try decoder.decode(index) {
            guard let place = places[index] else {
                throw CubeCodecError.damagedBlock(
                    lines: header.blocks[index], reason: "the blob holds no such block")
            }
            return try chunks.chunk(place)
        }
        lastBlock.withLock { $0 = (index, block) }
        return block
    }

    /// Decodes several blocks at once, each into its own rows of the result.
    private func join(
        _ touched: [Int], _ window: CubeWindow, _ bandIndices: [Int]
    ) throws -> SampleBlock {
        var result = SampleBlock(
            zeroed: window, bandIndices: bandIndices, sampleType: description.sampleType)
        let failures = Mutex<[Int: any Error]>([:])
        result.bytes.withUnsafeMutableBytes { bytes in
            // Blocks have no lines in common, so the threads write disjoint rows.
            nonisolated(unsafe) let target = bytes
            DispatchQueue.concurrentPerform(iterations: touched.count) { position in
                do {
                    let block = try self.block(touched[position])
                    block.copyRows(of: window, bandIndices: bandIndices, into: target)
                } catch {
                    failures.withLock { $0[position] = error }
                }
            }
        }
        let first = failures.withLock { found in found.min { $0.key < $1.key }?.value }
        if let first { throw first }
        return result
    }
}
