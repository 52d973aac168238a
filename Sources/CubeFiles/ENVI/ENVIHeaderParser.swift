/// Splits the bytes of an ENVI header into entries.
///
/// The grammar, as real files have it: the first line begins with `ENVI`; a line that begins with a
/// semicolon is a comment, also inside braces; `key = value` ends with its line, unless the value
/// begins with a brace, when it ends with the matching one. Lines may end with LF, CR LF or CR.
/// Other lines mean nothing.
struct ENVIHeaderParser {
    private let bytes: [UInt8]
    private let path: String
    private let isUTF8: Bool
    private var position = 0
    /// Set once an opening brace too many was met: braces are then not counted any more, or a
    /// hostile header could have its end searched for once per entry.
    private var hasUnbalancedBraces = false

    init(bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    }

    mutating func parse() throws(CubeFilesError) -> [ENVIHeaderEntry] {
        try skipMagic()
        var entries: [ENVIHeaderEntry] = []
        while position < bytes.count {
            let line = nextLine()
            guard bytes[line].first(where: { !Self.isSpace($0) }) != Self.semicolon,
                let equals = bytes[line].firstIndex(of: Self.equalsSign)
            else { continue }
            let key = Self.trimmed(text(line.lowerBound..<equals))
            let valueStart = skippingSpaces(equals + 1)
            if valueStart < bytes.count, bytes[valueStart] == Self.openingBrace {
                let end = try endOfBraces(from: valueStart, key: key)
                entries.append(
                    ENVIHeaderEntry(
                        key: key, value: valueText(valueStart + 1..<end), isBraced: true))
                position = end + 1
                _ = nextLine()
            } else {
                let value = Self.trimmed(text(equals + 1..<line.upperBound))
                entries.append(ENVIHeaderEntry(key: key, value: value, isBraced: false))
            }
        }
        return entries
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    private static let semicolon = UInt8(ascii: ";")
    private static let equalsSign = UInt8(ascii: "=")
    private static let openingBrace = UInt8(ascii: "{")
    private static let closingBrace = UInt8(ascii: "}")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == lineFeed || byte == carriageReturn
    }

    private mutating func skipMagic() throws(CubeFilesError) {
        if bytes.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
        let magic = Array("ENVI".utf8)
        let start = bytes[position...].prefix(magic.count)
        guard start.elementsEqual(magic) else {
            guard !magic.starts(with: start) else {
                throw .headerIncomplete(path: path, reason: "it has \(bytes.count) bytes")
            }
            throw .headerInvalid(
                path: path, reason: "its first line is not 'ENVI', so it is no ENVI header")
        }
        _ = nextLine()
    }

    /// The range of the present line without its end, which is stepped over.
    private mutating func nextLine() -> Range<Int> {
        let start = min(position, bytes.count)
        let end = bytes[start...].firstIndex(where: Self.isLineEnd) ?? bytes.count
        position = end + 1
        let isPair = end + 1 < bytes.count && bytes[end] == Self.carriageReturn
        if isPair && bytes[end + 1] == Self.lineFeed { position = end + 2 }
        return start..<end
    }

    private func skippingSpaces(_ start: Int) -> Int {
        bytes[start...].firstIndex { !Self.isSpace($0) } ?? bytes.count
    }

    /// The index of the brace that closes the one at `start`. A text with an opening brace too many
    /// ends at its first closing brace instead.
    private mutating func endOfBraces(from start: Int, key: String) throws(CubeFilesError) -> Int {
        var depth = 0
        var firstClosing: Int?
        for index in start..<bytes.count {
            if bytes[index] == Self.openingBrace { depth += 1 }
            if bytes[index] == Self.closingBrace {
                depth -= 1
                firstClosing = firstClosing ?? index
                if depth == 0 || hasUnbalancedBraces { return index }
            }
        }
        guard let firstClosing else {
            throw .headerIncomplete(
                path: path, reason: "the brace after '\(key) =' is never closed")
        }
        hasUnbalancedBraces = true
        return firstClosing
    }

    /// The text of a braced value: comment lines left out.
    private func valueText(_ range: Range<Int>) -> String {
        let value = text(range)
        guard bytes[range].contains(Self.semicolon) else { return Self.trimmed(value) }
        let lines = value.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let kept = lines.enumerated().filter { number, line in
            number == 0 || line.first(where: { !$0.isWhitespace }) != ";"
        }
        return Self.trimmed(kept.map(\.element).joined(separator: "\n"))
    }

    private func text(_ range: Range<Int>) -> String {
        if isUTF8 { return String(decoding: bytes[range], as: UTF8.self) }
        return String(String.UnicodeScalarView(bytes[range].map { Unicode.Scalar($0) }))
    }
}
