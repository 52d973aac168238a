import Basics

/// The seek table of zstd's seekable format 0.1.0: a skippable frame at the end of the file that
/// lists every frame's sizes and checksum (contrib/seekable_format in the zstd sources).
///
/// Invariant of a decoded table: the frames tile the file from offset 0 up to the table, no frame
/// declares more content than ``BlobStore/maximumChunkByteCount`` or than its stored bytes could
/// hold, and there are at most ``BlobStore/maximumChunkCount`` of them.
struct SeekTable: Equatable, Sendable {
    /// One frame of the file, which is one chunk of the content.
    struct Entry: Equatable, Sendable {
        /// Bytes of the frame in the file.
        let storedByteCount: Int
        /// Bytes of the chunk, uncompressed.
        let contentByteCount: Int
        /// The low 32 bits of XXH64 of the chunk: the same value that ends the frame itself.
        let checksum: UInt32
    }

    static let skippableMagic: UInt32 = 0x184D_2A5E
    static let seekableMagic: UInt32 = 0x8F92_EAB1
    static let headerByteCount = 8
    static let entryByteCount = 12
    static let footerByteCount = 9
    private static let checksumFlag: UInt8 = 0x80
    private static let reservedBits: UInt8 = 0x7C

    /// One entry per chunk.
    private(set) var entries: [Entry] = []
    /// Offset of each frame in the file; one more than `entries`, the last being the table's own.
    private(set) var frameOffsets = [0]
    /// Bytes of all chunks together.
    private(set) var contentByteCount = 0

    /// A table without entries.
    init() {}

    /// Appends one frame.
    mutating func append(_ entry: Entry) {
        entries.append(entry)
        frameOffsets.append(frameOffsets[frameOffsets.count - 1] + entry.storedByteCount)
        contentByteCount += entry.contentByteCount
    }

    /// Bytes of the table's frame.
    var byteCount: Int {
        Self.headerByteCount + entries.count * Self.entryByteCount + Self.footerByteCount
    }

    /// Bytes of the whole file.
    var fileByteCount: Int { frameOffsets[frameOffsets.count - 1] + byteCount }

    /// The table as the file holds it.
    func encode() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.skippableMagic)
        writer.write(UInt32(byteCount - Self.headerByteCount))
        for entry in entries {
            writer.write(UInt32(entry.storedByteCount))
            writer.write(UInt32(entry.contentByteCount))
            writer.write(entry.checksum)
        }
        writer.write(UInt32(entries.count))
        writer.write(Self.checksumFlag)
        writer.write(Self.seekableMagic)
        return writer.bytes
    }

    /// Reads and checks the table at the end of a file.
    ///
    /// - Throws: ``BlobStoreError/damaged(path:reason:)``; ``BasicsError`` where reading fails.
    init(endOf file: RandomAccessFile) throws {
        let fileByteCount = try file.byteCount()
        let fixedByteCount = Self.headerByteCount + Self.footerByteCount
        guard fileByteCount >= fixedByteCount else {
            throw Self.damaged(file, "it is too short (\(fileByteCount) bytes)")
        }
        let footer = try file.bytes(
            at: fileByteCount - Self.footerByteCount, byteCount: Self.footerByteCount)
        let count = try Self.entryCount(footer: footer, of: file)
        let tableByteCount = fixedByteCount + count * Self.entryByteCount
        guard tableByteCount <= fileByteCount else {
            throw Self.damaged(file, "its seek table is longer than the file")
        }
        let table = try file.bytes(
            at: fileByteCount - tableByteCount, byteCount: tableByteCount)
        try readEntries(table, count: count, of: file)
        guard self.fileByteCount == fileByteCount else {
            throw Self.damaged(
                file,
                "\(fileByteCount) bytes are there, its seek table tells of "
                    + "\(self.fileByteCount)")
        }
    }

    /// The number of entries that a footer declares, bounded.
    private static func entryCount(footer: [UInt8], of file: RandomAccessFile) throws -> Int {
        var reader = ByteReader(footer, structure: file.path)
        let count = Int(try reader.read(UInt32.self))
        let descriptor = try reader.read(UInt8.self)
        guard try reader.read(UInt32.self) == seekableMagic else {
            throw damaged(file, "it does not end with a seek table")
        }
        guard descriptor & checksumFlag != 0, descriptor & reservedBits == 0 else {
            throw damaged(file, "its seek table is of an unknown kind")
        }
        guard count <= BlobStore.maximumChunkCount else {
            throw damaged(file, "its seek table declares \(count) chunks")
        }
        return count
    }

    /// Reads the skippable header and the entries; `bytes` is the whole table.
    private mutating func readEntries(
        _ bytes: [UInt8], count: Int, of file: RandomAccessFile
    ) throws {
        var reader = ByteReader(bytes, structure: file.path)
        guard try reader.read(UInt32.self) == Self.skippableMagic,
            Int(try reader.read(UInt32.self)) == bytes.count - Self.headerByteCount
        else { throw Self.damaged(file, "its seek table has a wrong header") }
        for index in 0..<count {
            let stored = Int(try reader.read(UInt32.self))
            let content = Int(try reader.read(UInt32.self))
            guard content <= BlobStore.maximumChunkByteCount,
                content <= ZstdFrame.maximumContentByteCount(ofStored: stored)
            else { throw Self.damaged(file, "chunk \(index) declares an impossible size") }
            append(
                Entry(
                    storedByteCount: stored, contentByteCount: content,
                    checksum: try reader.read(UInt32.self)))
        }
    }

    private static func damaged(_ file: RandomAccessFile, _ reason: String) -> BlobStoreError {
        .damaged(path: file.path, reason: reason)
    }
}
