import Basics

/// Damages bytes in the ways that disks, transfers and enemies do.
struct Mutator {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A number below `count`.
    mutating func index(below count: Int) -> Int { generator.index(below: count) }

    /// The bytes with one to four injuries from `start` on: flipped bits, overwritten, removed,
    /// repeated or foreign pieces, cut ends.
    mutating func mutated(_ bytes: [UInt8], from start: Int = 0) -> [UInt8] {
        var result = bytes
        for _ in 0...generator.index(below: 4) { injure(&result, from: start) }
        return result
    }

    /// The same, in half the cases among the first `headByteCount` bytes only.
    mutating func mutated(_ bytes: [UInt8], headByteCount: Int) -> [UInt8] {
        guard index(below: 2) == 0 else { return mutated(bytes) }
        return mutated(Array(bytes.prefix(headByteCount))) + bytes.dropFirst(headByteCount)
    }

    private mutating func injure(_ bytes: inout [UInt8], from start: Int) {
        guard bytes.count > start else { return }
        let place = start + generator.index(below: bytes.count - start)
        let length = min(1 + generator.index(below: 24), bytes.count - place)
        switch generator.index(below: 16) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.removeSubrange(place..<place + length)
        case 2:
            let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            bytes.insert(contentsOf: noise, at: place)
        case 3, 4:
            let other = start + generator.index(below: bytes.count - start)
            let count = min(length, bytes.count - other)
            bytes.replaceSubrange(place..<place + length, with: bytes[other..<other + count])
        case 5, 6:
            let value: UInt8 = [0, 1, 0x7F, 0x80, 0xFF][generator.index(below: 5)]
            for index in place..<place + length { bytes[index] = value }
        case 7: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][generator.index(below: 5)]
        default: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
        }
    }
}
