import Basics
import BlobStore
import TestSupport
import Testing

/// Blobs whose seek table is damaged or cut off.
struct RecoveryTests {
    /// A blob of chunks of every size, its bytes, and where its seek table begins.
    private static func blob() throws -> (
        fixture: BlobFixture, name: SHA256Digest, bytes: [UInt8], tableStart: Int
    ) {
        let fixture = try BlobFixture()
        var generator = SeededGenerator(seed: 3)
        let large = (0..<300_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let name = try fixture.write(BlobFixture.chunks + [large, Array(large.prefix(700))]).name
        let bytes = try fixture.bytes(of: name)
        return (fixture, name, bytes, bytes.count - 17 - 12 * 6)
    }

    /// The chunks that can be read.
    private static func chunks(_ reader: BlobReader) throws -> [[UInt8]?] {
        try (0..<reader.chunkCount).map { index in
            do { return try reader.chunk(index) } catch BlobStoreError.damaged { return nil }
        }
    }

    @Test func `a sound blob is opened by its seek table`() throws {
        let (fixture, name, _, _) = try Self.blob()
        #expect(try !fixture.store.openDamaged(name).isRecovered)
    }

    @Test func `all chunks are found without a seek table`() throws {
        let (fixture, name, bytes, tableStart) = try Self.blob()
        let truth = try Self.chunks(fixture.store.open(name))
        for end in [tableStart, tableStart + 1, tableStart + 40, bytes.count - 1] {
            try fixture.replace(name, by: Array(bytes[..<end]))
            #expect(throws: BlobStoreError.self) { try fixture.store.open(name) }
            let reader = try fixture.store.openDamaged(name)
            #expect(reader.isRecovered)
            #expect(try Self.chunks(reader) == truth)
        }
        var damaged = bytes
        for index in damaged.indices[tableStart...] { damaged[index] ^= 0x55 }
        try fixture.replace(name, by: damaged)
        #expect(try Self.chunks(fixture.store.openDamaged(name)) == truth)
    }

    @Test func `a broken frame is one unreadable chunk and the others are found`() throws {
        let (fixture, name, bytes, tableStart) = try Self.blob()
        let truth = try Self.chunks(fixture.store.open(name))
        var damaged = Array(bytes[..<tableStart])
        // The header of a block in the middle of the large chunk: no block is of kind 3.
        let place = tableStart - 151_000
        for index in place - 70_000..<place + 70_000 { damaged[index] = 0xFF }
        try fixture.replace(name, by: damaged)
        let found = try Self.chunks(fixture.store.openDamaged(name))
        #expect(found == Array(truth[..<4]) + [nil, truth[5]])
    }

    @Test func `a file without any chunk is refused`() throws {
        let (fixture, name, bytes, _) = try Self.blob()
        for content in [
            [], [1, 2, 3], [UInt8](repeating: 0x28, count: 100_000), Array(bytes[..<9]),
        ] {
            try fixture.replace(name, by: content)
            #expect(throws: BlobStoreError.self) { try fixture.store.openDamaged(name) }
        }
    }

    @Test func `mutations of a small blob give no chunk that it did not have`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write().name
        let original = try fixture.bytes(of: name)
        let truth = Set(BlobFixture.chunks)
        var generator = SeededGenerator(seed: 12 &+ Mutations.seedOffset)
        var readCount = 0
        let count = Mutations.count(usually: 10_000)
        for _ in 0..<count {
            var bytes = Array(original.dropLast(1 + generator.index(below: 80)))
            for _ in 0...generator.index(below: 3) {
                let place = generator.index(below: bytes.count)
                switch generator.index(below: 4) {
                case 0: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
                case 1: bytes[place] = [0, 1, 127, 128, 255][generator.index(below: 5)]
                case 2: bytes.remove(at: place)
                default: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
                }
            }
            try fixture.replace(name, by: bytes)
            do {
                for chunk in try Self.chunks(fixture.store.openDamaged(name)) {
                    guard let chunk else { continue }
                    #expect(truth.contains(chunk))
                    readCount += 1
                }
            } catch let error as BlobStoreError {
                #expect(error.exitStatus == .damaged)
            }
        }
        #expect(readCount > count / 2 * 3)
        Mutations.report("damaged blob", count, "\(readCount) chunks were read")
    }
}
