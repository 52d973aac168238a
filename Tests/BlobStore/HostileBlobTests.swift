import Basics
import BlobStore
import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

struct HostileBlobTests {
    @Test func `a truncated blob is refused`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write().name
        let bytes = try fixture.bytes(of: name)
        for count in 0..<bytes.count {
            try fixture.replace(name, by: Array(bytes.prefix(count)))
            let error = #expect(throws: BlobStoreError.self) { try fixture.store.open(name) }
            #expect(error?.exitStatus == .damaged)
        }
    }

    @Test func `mutations of a blob give an error or the very same content`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write().name
        let original = try fixture.bytes(of: name)
        var generator = SeededGenerator(seed: 11 &+ Mutations.seedOffset)
        var refusedCount = 0
        let count = Mutations.count(usually: 10_000)
        for _ in 0..<count {
            try fixture.replace(name, by: mutated(original, &generator))
            do {
                let reader = try fixture.store.open(name)
                let content = try (0..<reader.chunkCount).flatMap { try reader.chunk($0) }
                #expect(content == BlobFixture.content)
            } catch let error as BlobStoreError {
                #expect(error.exitStatus == .damaged)
                refusedCount += 1
            }
        }
        // The seek table's two unused bits and mutations that change nothing may pass.
        #expect(refusedCount > count / 20 * 19)
        Mutations.report("blob", count, "\(refusedCount) refused")
    }

    private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.index(below: 3) {
            let position = generator.index(below: bytes.count)
            switch generator.index(below: 5) {
            case 0: bytes[position] ^= 1 << UInt8(generator.index(below: 8))
            case 1: bytes[position] = [0, 1, 127, 128, 255][generator.index(below: 5)]
            case 2: bytes.remove(at: position)
            case 3: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: position)
            default:
                // Anywhere in the seek table, where the sizes are.
                let last = bytes.count - 1 - generator.index(below: min(65, bytes.count))
                bytes[last] = UInt8(truncatingIfNeeded: generator.next())
            }
        }
        return bytes
    }

    @Test func `a declared size that zstd could not have packed is refused unread`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write([[1, 2, 3]]).name
        var bytes = try fixture.bytes(of: name)
        // The content size of the only entry: 9 bytes of footer, then the checksum after it.
        let position = bytes.count - 9 - 8
        bytes.replaceSubrange(position..<position + 4, with: [0, 0, 0, 16])
        try fixture.replace(name, by: bytes)
        #expect(throws: BlobStoreError.self) { try fixture.store.open(name) }
    }

    @Test func `a blob under another name is damaged`() throws {
        let fixture = try BlobFixture()
        let first = try fixture.write().name
        let second = try fixture.write([[9]]).name
        try fixture.replace(first, by: try fixture.bytes(of: second))
        #expect(
            throws: BlobStoreError.wrongContent(
                path: fixture.store.path(of: first), found: second)
        ) { try fixture.store.verify(first) }
    }

    @Test func `a chunk that is not there is an error`() throws {
        let fixture = try BlobFixture()
        let reader = try fixture.store.open(try fixture.write().name)
        for index in [-1, BlobFixture.chunks.count] {
            #expect(throws: BlobStoreError.self) { try reader.chunk(index) }
        }
    }

    @Test func `many threads read one blob`() throws {
        let fixture = try BlobFixture()
        let chunks = (0..<64).map { [UInt8](repeating: UInt8($0), count: 1000 + $0) }
        let reader = try fixture.store.open(try fixture.write(chunks).name)
        let wrongCount = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 256) { iteration in
            let index = iteration % 64
            do {
                if try reader.chunk(index) == chunks[index] { return }
            } catch {
                Issue.record(error)
            }
            wrongCount.withLock { $0 += 1 }
        }
        #expect(wrongCount.withLock { $0 } == 0)
    }
}
