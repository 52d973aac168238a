import Basics
import Cube

/// Finds the header and the blocks of a damaged exact stream.
///
/// Every block names its lines under a checksum of its own, so nothing here has to be believed: a
/// block in a wrong place is refused by the decoder.
struct ExactStreamSalvage {
    /// Chunk 0, its copy, or one made up from the blocks that are left.
    let header: ExactStreamHeader
    /// The chunk of each of the header's blocks; nil where it is lost.
    let places: [Int?]
    /// What was made up for, for people.
    let repairs: [String]

    /// Looks through the chunks of a stream.
    ///
    /// - Throws: ``CubeCodecError``; errors of `chunks` that are not damage.
    init(_ description: CubeDescription, _ chunks: any ChunkSource, isRecovered: Bool) throws {
        var repairs = isRecovered ? ["its index is damaged and was made again"] : []
        let (found, isFirst) = try Self.header(of: description, in: chunks, isRecovered)
        if let found, found.chunkCount == chunks.chunkCount, !isRecovered {
            header = found
            places = found.blocks.indices.map { $0 + 1 }
        } else {
            let located = try Self.blocks(in: chunks, lineCount: description.geometry.lines)
            header = try found ?? Self.header(replacing: description, by: located.map(\.lines))
            let chunkOfLine = Dictionary(
                located.map { ($0.lines, $0.chunk) }, uniquingKeysWith: { first, _ in first })
            places = header.blocks.map { chunkOfLine[$0] }
        }
        if found == nil {
            repairs.append("both its headers are damaged; the blocks and the catalog serve instead")
        } else if !isFirst {
            repairs.append("its header is damaged; the copy at its end serves instead")
        }
        self.repairs = repairs
    }

    /// The first usable header of this cube: chunk 0, then the last chunks of a recovered stream,
    /// and whether it is chunk 0.
    private static func header(
        of description: CubeDescription, in chunks: any ChunkSource, _ isRecovered: Bool
    ) throws -> (ExactStreamHeader?, isFirst: Bool) {
        let ends = [0, chunks.chunkCount - 1]
        let candidates = isRecovered ? ends + Array(ends[0]...max(0, ends[1])) : ends
        for index in candidates where (0..<chunks.chunkCount).contains(index) {
            guard let chunk = try readable(index, of: chunks),
                let header = decoded(chunk)
            else { continue }
            guard header.geometry == description.geometry,
                header.sampleType == description.sampleType
            else {
                throw CubeCodecError.wrongCube(
                    expected: "\(description.geometry) of \(description.sampleType.rawValue)",
                    found: "\(header.geometry) of \(header.sampleType.rawValue)")
            }
            return (header, index == 0)
        }
        return (nil, false)
    }

    private static func decoded(_ chunk: [UInt8]) -> ExactStreamHeader? {
        guard chunk.starts(with: Array(ExactStreamHeader.magic.utf8)) else { return nil }
        // Whatever is wrong with it, another chunk may be the header.
        return try? ExactStreamHeader(decoding: chunk)
    }

    /// The lines of every chunk that is a block, in the order of the lines, none of them twice.
    private static func blocks(
        in chunks: any ChunkSource, lineCount: Int
    ) throws -> [(lines: Range<Int>, chunk: Int)] {
        var found: [(lines: Range<Int>, chunk: Int)] = []
        for index in 0..<chunks.chunkCount {
            guard let chunk = try readable(index, of: chunks),
                // A chunk that is no block is passed over, whatever it is.
                let lines = (try? ExactBlockHeader(decoding: chunk))?.lines,
                !lines.isEmpty, lines.upperBound <= lineCount
            else { continue }
            found.append((lines, index))
        }
        found.sort { $0.lines.lowerBound < $1.lines.lowerBound }
        var end = 0
        return found.filter { block in
            guard block.lines.lowerBound >= end else { return false }
            end = block.lines.upperBound
            return true
        }
    }

    /// A header for the blocks that are left, with blocks of the usual size in the gaps.
    private static func header(
        replacing description: CubeDescription, by found: [Range<Int>]
    ) throws(CubeCodecError) -> ExactStreamHeader {
        guard let usual = found.map(\.count).max() else {
            throw .damagedHeader(reason: "neither it nor any block can be read")
        }
        var blocks: [Range<Int>] = []
        var line = 0
        let end = description.geometry.lines..<description.geometry.lines
        for lines in found + [end] {
            while line < lines.lowerBound {
                blocks.append(line..<min(line + usual, lines.lowerBound))
                line = blocks[blocks.count - 1].upperBound
            }
            if !lines.isEmpty { blocks.append(lines) }
            line = max(line, lines.upperBound)
        }
        return ExactStreamHeader(replacing: description, blocks: blocks)
    }

    /// A chunk; nil where it is damaged.
    private static func readable(_ index: Int, of chunks: any ChunkSource) throws -> [UInt8]? {
        do {
            return try chunks.chunk(index)
        } catch let error as any CubevaultError where error.exitStatus == .damaged {
            return nil
        }
    }
}
