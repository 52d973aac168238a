import Cube

/// The order-preserving map between samples and signed words of the same width.
///
/// Signed integers are themselves; unsigned integers have their top bit flipped; floats have all
/// other bits flipped where the sign bit is set. All three maps are their own inverses and lose
/// nothing: NaN payloads, infinities and the sign of zero come back.
enum SampleWords {
    /// Maps samples to words or back, in place; `bytes` are little-endian elements of `type`.
    static func map(_ bytes: inout [UInt8], _ type: SampleType) {
        switch type {
        case .int16, .int32, .int64: return
        case .uint8: flipTop(&bytes, UInt8.self)
        case .uint16: flipTop(&bytes, UInt16.self)
        case .uint32: flipTop(&bytes, UInt32.self)
        case .uint64: flipTop(&bytes, UInt64.self)
        case .float32: flipBelowSign(&bytes, Int32.self)
        case .float64: flipBelowSign(&bytes, Int64.self)
        }
    }

    private static func flipTop<Word: FixedWidthInteger>(_ bytes: inout [UInt8], _: Word.Type) {
        let top = Word(1) << (Word.bitWidth - 1)
        change(&bytes) { (word: Word) in word ^ top }
    }

    private static func flipBelowSign<Word: FixedWidthInteger>(
        _ bytes: inout [UInt8], _: Word.Type
    ) {
        change(&bytes) { (word: Word) in word ^ (word &>> Word(Word.bitWidth - 1) & Word.max) }
    }

    @inline(__always)
    private static func change<Word>(_ bytes: inout [UInt8], _ convert: (Word) -> Word) {
        bytes.withUnsafeMutableBytes { raw in
            let words = raw.assumingMemoryBound(to: Word.self)
            for index in words.indices { words[index] = convert(words[index]) }
        }
    }
}
