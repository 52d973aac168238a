/// Single bands of a block of words of any width.
extension WordBlock {
    /// The least and the greatest word of each band.
    func bandRanges() -> [ClosedRange<Int64>] {
        switch layout.wordByteCount {
        case 1: bandRanges(Int8.self)
        case 2: bandRanges(Int16.self)
        case 4: bandRanges(Int32.self)
        default: bandRanges(Int64.self)
        }
    }

    /// The words of some bands less `minimum`, [bands][lines][samples], as patterns of 32 bits;
    /// each difference must be in 0..<2^32.
    func offsets(of bands: [Int], above minimum: Int64) -> [Int32] {
        switch layout.wordByteCount {
        case 1: offsets(of: bands, above: minimum, Int8.self)
        case 2: offsets(of: bands, above: minimum, Int16.self)
        case 4: offsets(of: bands, above: minimum, Int32.self)
        default: offsets(of: bands, above: minimum, Int64.self)
        }
    }

    /// Puts offsets from ``offsets(of:above:)`` back; what does not fit a word wraps.
    mutating func set(_ bands: [Int], to offsets: [Int32], above minimum: Int64) {
        switch layout.wordByteCount {
        case 1: set(bands, to: offsets, above: minimum, Int8.self)
        case 2: set(bands, to: offsets, above: minimum, Int16.self)
        case 4: set(bands, to: offsets, above: minimum, Int32.self)
        default: set(bands, to: offsets, above: minimum, Int64.self)
        }
    }

    /// Makes every word of a band the same; what does not fit a word wraps.
    mutating func fill(band: Int, with value: Int64) {
        switch layout.wordByteCount {
        case 1: fill(band: band, word: Int8(truncatingIfNeeded: value))
        case 2: fill(band: band, word: Int16(truncatingIfNeeded: value))
        case 4: fill(band: band, word: Int32(truncatingIfNeeded: value))
        default: fill(band: band, word: value)
        }
    }

    private func bandRanges<Word: CodedWord>(_: Word.Type) -> [ClosedRange<Int64>] {
        bytes.withUnsafeBytes { raw in
            let words = raw.assumingMemoryBound(to: Word.self)
            return (0..<layout.bands).map { band in
                let start = band * layout.pixelCount
                var (low, high) = (words[start], words[start])
                for index in start..<start + layout.pixelCount {
                    low = min(low, words[index])
                    high = max(high, words[index])
                }
                return Int64(low)...Int64(high)
            }
        }
    }

    private func offsets<Word: CodedWord>(
        of bands: [Int], above minimum: Int64, _: Word.Type
    ) -> [Int32] {
        let count = layout.pixelCount
        return [Int32](unsafeUninitializedCapacity: bands.count * count) { offsets, offsetCount in
            bytes.withUnsafeBytes { raw in
                let words = raw.assumingMemoryBound(to: Word.self)
                for (position, band) in bands.enumerated() {
                    for index in 0..<count {
                        let word = Int64(words[band * count + index])
                        offsets[position * count + index] = Int32(
                            truncatingIfNeeded: word &- minimum)
                    }
                }
            }
            offsetCount = bands.count * count
        }
    }

    private mutating func set<Word: CodedWord>(
        _ bands: [Int], to offsets: [Int32], above minimum: Int64, _: Word.Type
    ) {
        let count = layout.pixelCount
        bytes.withUnsafeMutableBytes { raw in
            let words = raw.assumingMemoryBound(to: Word.self)
            for (position, band) in bands.enumerated() {
                for index in 0..<count {
                    let offset = UInt32(bitPattern: offsets[position * count + index])
                    words[band * count + index] = Word(
                        truncatingIfNeeded: minimum &+ Int64(offset))
                }
            }
        }
    }

    private mutating func fill<Word: CodedWord>(band: Int, word value: Word) {
        let start = band * layout.pixelCount
        bytes.withUnsafeMutableBytes { raw in
            let words = raw.assumingMemoryBound(to: Word.self)
            for index in start..<start + layout.pixelCount { words[index] = value }
        }
    }
}
