/// The 16 low-entropy codes of annex B, laid out for coding.
///
/// Encoding walks a tree per code: `steps[node + symbol]` is the next node, or a complete codeword.
/// Decoding reads backwards: output codewords are suffix-free, so the bits before the reader,
/// nearest in the lowest place, begin with exactly one of them.
final class LowEntropyCodes: Sendable {
    /// The only instance; it is built from ``LowEntropyCodeTables`` on first use.
    static let shared = LowEntropyCodes()

    /// Set in `steps` where a symbol completes an input codeword.
    static let completeFlag: UInt32 = 1 << 31
    /// T_0: the threshold of high entropy (table 5-16).
    static let firstThreshold = 303_336

    /// T_i (table 5-16).
    let thresholds = [
        303_336, 225_404, 166_979, 128_672, 95_597, 69_670, 50_678, 34_898, 23_331, 14_935, 9_282,
        5_510, 3_195, 1_928, 1_112, 408,
    ]
    /// L_i (table 5-16). Symbol L_i + 1 is the escape.
    let symbolLimits = [12, 10, 8, 6, 6, 4, 4, 4, 2, 2, 2, 2, 2, 2, 2, 0]
    /// The node of each code's empty prefix.
    let roots: [UInt32]
    /// By node + symbol: the next node, or `completeFlag` and an output codeword.
    let steps: [UInt32]
    /// By node: the flush codeword of that prefix.
    let flushWords: [UInt32]
    /// Symbols of all input codewords and prefixes, one after the other.
    let symbols: [UInt8]

    /// A stretch of ``symbols``.
    struct Symbols: Sendable {
        var start = 0
        var count = 0
    }

    /// An output codeword and what it stands for.
    private struct Word {
        let bits: UInt32
        let bitCount: Int
        let symbols: Symbols
    }

    private static let shortBitCount = 10
    private let words: [Word]
    // [16][2^shortBitCount]: 1 + index of the word that those lowest bits begin with; 0 if it is
    // longer.
    private let shortWords: [UInt16]
    // [16]: indices of the words longer than shortBitCount, and of all flush words.
    private let longWords: [[Int]]
    private let flushIndices: [[Int]]

    /// The bits of a packed codeword.
    @inline(__always)
    static func word(_ packed: UInt32) -> UInt64 { UInt64(packed & 0x1F_FFFF) }

    /// The length of a packed codeword in bits.
    @inline(__always)
    static func wordBitCount(_ packed: UInt32) -> Int { Int(packed &>> 21 & 31) }

    private init() {
        var builder = Builder()
        for code in 0..<16 { builder.add(code, symbolLimit: symbolLimits[code]) }
        roots = builder.roots
        steps = builder.steps
        flushWords = builder.flushWords
        symbols = builder.symbols
        words = builder.words
        shortWords = builder.shortWords
        longWords = builder.longWords
        flushIndices = builder.flushIndices
    }

    /// The code for a low-entropy sample with these statistics: the last whose threshold they do
    /// not reach (5.4.3.3.5.3.1). The search starts at `guess`, the neighbour's code.
    @inline(__always)
    func code(accumulator: Int, count: Int, guess: Int) -> Int {
        let scaled = accumulator &<< 14
        var code = guess
        while code < 15, scaled < count &* thresholds[code &+ 1] { code &+= 1 }
        while code > 0, scaled >= count &* thresholds[code] { code &-= 1 }
        return code
    }

    /// Reads an output codeword of one code backwards and finds its input symbols.
    func readWord(_ code: Int, from bits: inout ReverseBitReader) throws(CCSDSError) -> Symbols {
        let next = UInt32(truncatingIfNeeded: bits.peek())
        let low = Int(next & (1 << UInt32(Self.shortBitCount) - 1))
        let short = shortWords[code << Self.shortBitCount | low]
        if short != 0 {
            let word = words[Int(short) - 1]
            bits.skip(word.bitCount)
            return word.symbols
        }
        return try find(next, among: longWords[code], from: &bits)
    }

    /// Reads a flush codeword of one code backwards and finds its prefix.
    func readFlushWord(
        _ code: Int, from bits: inout ReverseBitReader
    ) throws(CCSDSError) -> Symbols {
        let next = UInt32(truncatingIfNeeded: bits.peek())
        return try find(next, among: flushIndices[code], from: &bits)
    }

    private func find(
        _ next: UInt32, among indices: [Int], from bits: inout ReverseBitReader
    ) throws(CCSDSError) -> Symbols {
        for index in indices {
            let word = words[index]
            guard next & ((1 << UInt32(word.bitCount)) - 1) == word.bits else { continue }
            bits.skip(word.bitCount)
            return word.symbols
        }
        throw .malformed(reason: "its body has a codeword of no low-entropy code")
    }

    /// Lays the tables out, code after code.
    private struct Builder {
        var roots: [UInt32] = []
        var steps: [UInt32] = []
        var flushWords: [UInt32] = []
        var symbols: [UInt8] = []
        var words: [Word] = []
        var shortWords = [UInt16](repeating: 0, count: 16 << shortBitCount)
        var longWords = [[Int]](repeating: [], count: 16)
        var flushIndices = [[Int]](repeating: [], count: 16)

        mutating func add(_ code: Int, symbolLimit: Int) {
            let width = symbolLimit + 2
            roots.append(addNode(width: width))
            for entry in LowEntropyCodeTables.entries(ofCode: code, symbolLimit: symbolLimit) {
                let index = addWord(entry)
                if entry.bitCount > shortBitCount {
                    longWords[code].append(index)
                } else {
                    for rest in 0..<1 << (shortBitCount - entry.bitCount) {
                        let low = rest << entry.bitCount | Int(entry.bits)
                        shortWords[code << shortBitCount | low] = UInt16(index + 1)
                    }
                }
                let node = walk(entry.symbols.dropLast(), code: code, width: width)
                steps[node + Int(entry.symbols[entry.symbols.count - 1])] =
                    completeFlag | packed(entry)
            }
            for entry in LowEntropyCodeTables.flushEntries(ofCode: code, symbolLimit: symbolLimit) {
                flushIndices[code].append(addWord(entry))
                flushWords[walk(entry.symbols[...], code: code, width: width)] = packed(entry)
            }
        }

        private func packed(_ entry: LowEntropyCodeTables.Entry) -> UInt32 {
            entry.bits | UInt32(entry.bitCount) << 21
        }

        private mutating func addNode(width: Int) -> UInt32 {
            let node = UInt32(steps.count)
            steps.append(contentsOf: repeatElement(0, count: width))
            flushWords.append(contentsOf: repeatElement(0, count: width))
            return node
        }

        private mutating func addWord(_ entry: LowEntropyCodeTables.Entry) -> Int {
            let stretch = Symbols(start: symbols.count, count: entry.symbols.count)
            symbols.append(contentsOf: entry.symbols)
            words.append(Word(bits: entry.bits, bitCount: entry.bitCount, symbols: stretch))
            return words.count - 1
        }

        /// The node of a prefix; nodes on the way are made as needed. Node 0 is code 0's root, so 0
        /// marks a step that is not there yet.
        private mutating func walk(_ prefix: ArraySlice<UInt8>, code: Int, width: Int) -> Int {
            var node = Int(roots[code])
            for symbol in prefix {
                if steps[node + Int(symbol)] == 0 {
                    let fresh = addNode(width: width)
                    steps[node + Int(symbol)] = fresh
                }
                node = Int(steps[node + Int(symbol)])
            }
            return node
        }
    }
}
