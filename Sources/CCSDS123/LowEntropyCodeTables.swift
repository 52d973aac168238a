/// The code and flush tables of annex B (tables B-1 to B-32), in the standard's own notation, so
/// that they can be compared with it line by line.
///
/// Each text is a sequence of pairs: an input codeword or active prefix and an output codeword.
/// `0^{n}` is n zeros; with a range, as in `0^{r}1,3-8`, one pair stands for one entry per r.
/// `n'hX` is a codeword of n bits with hexadecimal value X; `(X+2r)` adds to it; `<...>` reverses
/// it.
enum LowEntropyCodeTables {
    /// One entry: input symbols (the escape is L_i + 1) and an output codeword.
    struct Entry {
        let symbols: [UInt8]
        let bits: UInt32
        let bitCount: Int
    }

    /// The code table of one code.
    static func entries(ofCode code: Int, symbolLimit: Int) -> [Entry] {
        parse((codes0To7 + codes8To15)[code].words, symbolLimit: symbolLimit)
    }

    /// The flush table of one code.
    static func flushEntries(ofCode code: Int, symbolLimit: Int) -> [Entry] {
        parse((codes0To7 + codes8To15)[code].flush, symbolLimit: symbolLimit)
    }

    private static func parse(_ text: String, symbolLimit: Int) -> [Entry] {
        let tokens = text.split(whereSeparator: \.isWhitespace)
        var entries: [Entry] = []
        for index in stride(from: 0, to: tokens.count, by: 2) {
            let input = tokens[index].split(separator: ",")
            let range = input.count > 1 ? input[1].split(separator: "-").map(number) : [0, 0]
            for r in range[0]...range[1] {
                let word = codeword(tokens[index + 1], r)
                entries.append(
                    Entry(
                        symbols: symbols(input[0], r, escape: UInt8(symbolLimit + 1)),
                        bits: word.bits, bitCount: word.bitCount))
            }
        }
        return entries
    }

    private static func number(_ text: Substring) -> Int { number(text, radix: 10) }

    private static func number(_ text: Substring, radix: Int) -> Int {
        guard let value = Int(text, radix: radix) else {
            preconditionFailure("annex B has no number \(text)")
        }
        return value
    }

    /// `0^{r}10X` with a given r, as symbols.
    private static func symbols(_ text: Substring, _ r: Int, escape: UInt8) -> [UInt8] {
        if text == "(null)" { return [] }
        var rest = text
        var symbols: [UInt8] = []
        if rest.hasPrefix("0^{"), let end = rest.firstIndex(of: "}") {
            let inside = rest[rest.index(rest.startIndex, offsetBy: 3)..<end]
            symbols = Array(repeating: 0, count: inside == "r" ? r : number(inside))
            rest = rest[rest.index(after: end)...]
        }
        for character in rest {
            symbols.append(
                character == "X" ? escape : UInt8(number(Substring(String(character)), radix: 16)))
        }
        return symbols
    }

    /// `<7'h(40+2r)>` with a given r, as bits.
    private static func codeword(_ text: Substring, _ r: Int) -> (bits: UInt32, bitCount: Int) {
        let isReversed = text.hasPrefix("<")
        let parts = text.filter { !"<>()".contains($0) }.split(separator: "'")
        let bitCount = number(parts[0])
        let terms = parts[1].dropFirst().split(separator: "+")
        var value = number(terms[0], radix: 16)
        if terms.count > 1 {
            let factor = terms[1].dropLast()
            value += (factor.isEmpty ? 1 : number(factor)) * r
        }
        var bits = UInt32(value)
        if isReversed {
            bits = (0..<bitCount).reduce(0) { $0 << 1 | (UInt32(value) >> UInt32($1)) & 1 }
        }
        return (bits, bitCount)
    }
}
