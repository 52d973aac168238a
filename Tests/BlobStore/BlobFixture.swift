import Basics
import BlobStore
import Foundation
import TestSupport

/// A fresh blob folder and some content for it.
struct BlobFixture {
    let folder: TemporaryFolder
    let store: BlobStore

    init(_ operations: FileOperations = .real) throws {
        folder = try TemporaryFolder()
        try BlobStore.create(folder: folder.file("blobs"))
        store = BlobStore(folder: folder.file("blobs"), operations: operations)
    }

    /// The same folder through other operations.
    func store(_ operations: FileOperations) -> BlobStore {
        BlobStore(folder: store.folder, operations: operations)
    }

    /// Chunks that compress, that do not, and that are empty.
    static let chunks: [[UInt8]] = {
        var generator = SeededGenerator(seed: 7)
        let noise = (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        return [[UInt8](repeating: 5, count: 300), noise, [], Array("cubevault".utf8)]
    }()

    static let content = chunks.flatMap { $0 }

    @discardableResult
    func write(_ chunks: [[UInt8]] = BlobFixture.chunks) throws -> BlobReceipt {
        try store.write(chunks)
    }

    /// Files that interrupted writes have left.
    func temporaries() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.folder + "/tmp")
    }

    func bytes(of name: SHA256Digest) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: store.path(of: name))))
    }

    func replace(_ name: SHA256Digest, by bytes: [UInt8]) throws {
        // A new file: emptying the old one would make the file system flush it on closing.
        try FileManager.default.removeItem(atPath: store.path(of: name))
        let file = try RandomAccessFile(creating: store.path(of: name))
        try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    }
}
