import Basics
import BlobStore
import Foundation
import TestSupport
import Testing

struct BlobWritingTests {
    @Test func `a blob gives back every chunk under the hash of its content`() throws {
        let fixture = try BlobFixture()
        let receipt = try fixture.write()
        #expect(receipt.name == SHA256Hasher.digest(of: BlobFixture.content))
        #expect(receipt.contentByteCount == BlobFixture.content.count)
        #expect(receipt.chunkCount == BlobFixture.chunks.count)
        #expect(!receipt.wasAlreadyThere)
        let reader = try fixture.store.open(receipt.name)
        #expect(reader.chunkByteCounts == BlobFixture.chunks.map(\.count))
        for (index, chunk) in BlobFixture.chunks.enumerated().reversed() {
            #expect(try reader.chunk(index) == chunk)
        }
        let fileByteCount = try fixture.bytes(of: receipt.name).count
        #expect(receipt.storedByteCount == fileByteCount)
        #expect(reader.storedByteCount == fileByteCount)
        #expect(try fixture.store.storedByteCount(of: receipt.name) == fileByteCount)
        #expect(try fixture.store.names() == [receipt.name])
        #expect(try fixture.temporaries().isEmpty)
        try fixture.store.verify(receipt.name)
    }

    @Test func `content without any chunk is a blob too`() throws {
        let fixture = try BlobFixture()
        let receipt = try fixture.write([])
        #expect(receipt.name == SHA256Hasher.digest(of: []))
        #expect(try fixture.store.open(receipt.name).chunkCount == 0)
        try fixture.store.verify(receipt.name)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd")))
    func `the zstd program decodes a blob to the content that names it`() throws {
        let fixture = try BlobFixture()
        let receipt = try fixture.write()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/zstd")
        process.arguments = ["-dc", fixture.store.path(of: receipt.name)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let decoded = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(Array(decoded) == BlobFixture.content)
    }

    @Test func `the same content is stored once`() throws {
        let fixture = try BlobFixture()
        let first = try fixture.write()
        let before = try fixture.bytes(of: first.name)
        let second = try fixture.write()
        #expect(second.wasAlreadyThere)
        #expect(second.name == first.name)
        #expect(second.storedByteCount == first.storedByteCount)
        #expect(try fixture.bytes(of: first.name) == before)
        #expect(try fixture.store.names().count == 1)
        #expect(try fixture.temporaries().isEmpty)
    }

    @Test func `writing content again repairs a damaged blob`() throws {
        let fixture = try BlobFixture()
        let receipt = try fixture.write()
        var bytes = try fixture.bytes(of: receipt.name)
        bytes[20] ^= 1
        try fixture.replace(receipt.name, by: bytes)
        #expect(throws: BlobStoreError.self) { try fixture.store.verify(receipt.name) }
        let again = try fixture.write()
        #expect(!again.wasAlreadyThere)
        try fixture.store.verify(receipt.name)
    }

    @Test func `the same content in other chunks is refused and changes nothing`() throws {
        let fixture = try BlobFixture()
        let receipt = try fixture.write()
        let path = fixture.store.path(of: receipt.name)
        #expect(throws: BlobStoreError.chunkedDifferently(path: path)) {
            try fixture.write([BlobFixture.content])
        }
        let chunkCount = try fixture.store.open(receipt.name).chunkCount
        #expect(chunkCount == BlobFixture.chunks.count)
        #expect(try fixture.temporaries().isEmpty)
    }

    @Test func `content whose making fails leaves nothing`() throws {
        let fixture = try BlobFixture()
        #expect(throws: BasicsError.stopped) {
            _ = try fixture.store.write { writer in
                try writer.append([1, 2, 3])
                throw BasicsError.stopped
            }
        }
        #expect(try fixture.store.names().isEmpty)
        #expect(try fixture.temporaries().isEmpty)
    }

    @Test func `a chunk over the limit is refused`() throws {
        let fixture = try BlobFixture()
        let chunk = [UInt8](repeating: 0, count: BlobStore.maximumChunkByteCount + 1)
        #expect(throws: BlobStoreError.self) { try fixture.write([chunk]) }
        #expect(try fixture.temporaries().isEmpty)
    }

    @Test func `removing a blob and unknown names are told apart`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write().name
        #expect(fixture.store.contains(name))
        try fixture.store.remove(name)
        #expect(!fixture.store.contains(name))
        for act in [fixture.store.remove, { try fixture.store.verify($0) }] {
            let error = #expect(throws: BlobStoreError.self) { try act(name) }
            #expect(error?.exitStatus == .notFound)
        }
    }

    @Test func `files that are no blobs are not listed`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write().name
        let fanOut = fixture.store.folder + "/" + name.hexadecimal.prefix(2)
        try Data().write(to: URL(filePath: fanOut + "/notes.txt"))
        try Data().write(to: URL(filePath: fixture.store.folder + "/zz"))
        #expect(try fixture.store.names() == [name])
    }
}
