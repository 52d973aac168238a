import Basics

/// Finds the chunks of a blob whose seek table is damaged or cut off.
///
/// A frame's own headers tell where it ends (RFC 8878, section 3.1.1), so frames are found one
/// behind the other; behind a broken one, the next is looked for by its magic number. A stretch in
/// which no frame could be told becomes one entry that nobody can read, except at the end of the
/// file, where the seek table stood.
struct FrameScan {
    /// What was found, in the order of the file.
    private(set) var table = SeekTable()
    /// The entries that are no frames.
    private(set) var gaps: Set<Int> = []

    private let file: RandomAccessFile
    private let fileByteCount: Int
    /// Blocks of frames that may still be looked at, to bound the time that a hostile file takes.
    private var remainingBlockCount: Int

    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    private static let windowByteCount = 1 << 16
    /// What a false magic number costs, in blocks.
    private static let falseMagicCost = 1 << 10
    private static let maximumBlockByteCount = 128 << 10

    /// Scans a whole file.
    ///
    /// - Throws: ``BlobStoreError/damaged(path:reason:)`` where it holds no frame at all;
    ///   ``BasicsError`` where reading fails; ``BasicsError/stopped``.
    init(_ file: RandomAccessFile, stop: StopToken? = nil) throws {
        self.file = file
        fileByteCount = try file.byteCount()
        remainingBlockCount = fileByteCount + (1 << 20)
        var gapStart = 0
        var offset = 0
        while remainingBlockCount > 0, let start = try nextMagic(from: offset),
            table.entries.count + 2 < BlobStore.maximumChunkCount
        {
            try stop?.check()
            guard let entry = try frame(at: start) else {
                offset = start + 1
                remainingBlockCount -= Self.falseMagicCost
                continue
            }
            if start > gapStart {
                gaps.insert(table.entries.count)
                table.append(
                    SeekTable.Entry(
                        storedByteCount: start - gapStart, contentByteCount: 0, checksum: 0))
            }
            table.append(entry)
            gapStart = start + entry.storedByteCount
            offset = gapStart
        }
        guard table.entries.count > gaps.count else {
            throw BlobStoreError.damaged(path: file.path, reason: "it holds no whole chunk")
        }
    }

    /// Where the next frame may begin.
    private func nextMagic(from offset: Int) throws -> Int? {
        var offset = offset
        while offset + Self.magic.count <= fileByteCount {
            let window = try file.bytes(
                at: offset, byteCount: min(Self.windowByteCount, fileByteCount - offset))
            if let place = Self.firstMagic(in: window) { return offset + place }
            offset += window.count - Self.magic.count + 1
        }
        return nil
    }

    private static func firstMagic(in window: [UInt8]) -> Int? {
        window.indices.dropLast(magic.count - 1).first { place in
            window[place] == magic[0] && window[place..<place + magic.count].elementsEqual(magic)
        }
    }

    /// The frame at an offset, by its headers alone; nil where there is none that a blob can have.
    private mutating func frame(at start: Int) throws -> SeekTable.Entry? {
        let head = try file.bytes(at: start, byteCount: min(18, fileByteCount - start))
        guard let (headByteCount, contentByteCount) = ZstdFrame.head(head) else { return nil }
        var offset = start + headByteCount
        var isLast = false
        while !isLast {
            guard remainingBlockCount > 0, offset + 3 <= fileByteCount else { return nil }
            remainingBlockCount -= 1
            let bytes = try file.bytes(at: offset, byteCount: 3)
            let field = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
            let (kind, byteCount) = (field >> 1 & 3, field >> 3)
            guard kind != 3, byteCount <= Self.maximumBlockByteCount else { return nil }
            isLast = field & 1 == 1
            // A block of kind 1 is one byte, repeated.
            offset += 3 + (kind == 1 ? 1 : byteCount)
        }
        guard offset + 4 <= fileByteCount else { return nil }
        let checksum = ZstdFrame.trailingChecksum(of: try file.bytes(at: offset, byteCount: 4))
        let storedByteCount = offset + 4 - start
        guard contentByteCount <= BlobStore.maximumChunkByteCount,
            contentByteCount <= ZstdFrame.maximumContentByteCount(ofStored: storedByteCount)
        else { return nil }
        return SeekTable.Entry(
            storedByteCount: storedByteCount, contentByteCount: contentByteCount,
            checksum: checksum)
    }
}
