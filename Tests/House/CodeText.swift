/// A scanner that knows just enough Swift and C to tell code from comments and strings.
struct CodeText {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var index = 0

    /// The text with comments, string contents and backquoted names replaced by spaces.
    static func blankingProse(in text: String) -> String {
        var scanner = CodeText(Array(text.utf8))
        while scanner.index < scanner.bytes.count { scanner.scanCode() }
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private func starts(with text: String) -> Bool {
        bytes[index...].starts(with: text.utf8)
    }

    private mutating func keep(_ count: Int = 1) {
        let end = min(index + count, bytes.count)
        output += bytes[index..<end]
        index = end
    }

    private mutating func blank(_ count: Int = 1) {
        let end = min(index + count, bytes.count)
        let newline = UInt8(ascii: "\n")
        output += bytes[index..<end].map { $0 == newline ? newline : UInt8(ascii: " ") }
        index = end
    }

    /// Bytes at which something other than plain code may begin.
    private static let openers = Set("/`'\"#".utf8)
    /// Bytes at which something other than a string's content may begin.
    private static let stringMarks = Set("\"\\\n".utf8)

    /// One token of code, or a whole comment, string or backquoted name.
    private mutating func scanCode() {
        guard Self.openers.contains(bytes[index]) else {
            keep()
            return
        }
        if starts(with: "//") {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank() }
        } else if starts(with: "/*") {
            scanBlockComment()
        } else if starts(with: "`") {
            keep()
            while index < bytes.count, !starts(with: "`"), !starts(with: "\n") { blank() }
            keep()
        } else if starts(with: "'\"'") {
            // C's character constant of a quotation mark.
            blank(3)
        } else if let hashes = hashesBeforeString() {
            scanString(hashes: hashes)
        } else {
            keep()
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blank(2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && index < bytes.count
    }

    /// The number of `#` before a quotation mark that begins here; nil where no string begins.
    private func hashesBeforeString() -> Int? {
        var end = index
        while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - index : nil
    }

    private mutating func scanString(hashes: Int) {
        let guardMarks = String(repeating: "#", count: hashes)
        keep(hashes)
        let quotes = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        keep(quotes.utf8.count)
        while index < bytes.count {
            guard Self.stringMarks.contains(bytes[index]) else {
                blank()
                continue
            }
            if starts(with: quotes + guardMarks) {
                keep(quotes.utf8.count + hashes)
                return
            }
            if quotes.count == 1 && starts(with: "\n") { return }
            if starts(with: "\\" + guardMarks + "(") {
                blank(2 + hashes)
                scanInterpolation()
            } else if starts(with: "\\" + guardMarks) {
                blank(2 + hashes)
            } else {
                blank()
            }
        }
    }

    /// The code inside an interpolation, blanked too, up to its closing parenthesis.
    private mutating func scanInterpolation() {
        var depth = 1
        let start = output.count
        while index < bytes.count, depth > 0 {
            if starts(with: "(") { depth += 1 }
            if starts(with: ")") { depth -= 1 }
            scanCode()
        }
        let newline = UInt8(ascii: "\n")
        for place in start..<output.count where output[place] != newline {
            output[place] = UInt8(ascii: " ")
        }
    }
}
