/// Rules about how long things may be.
enum SizeRules {
    /// Files have at most 400 lines.
    static func longFiles(_ file: SourceFile) -> [String] {
        let count = lineCount(of: file)
        return count > 400 ? [file.finding(0, "\(count) lines, more than 400")] : []
    }

    /// Lines have at most 100 columns.
    static func longLines(_ file: SourceFile) -> [String] {
        file.lines.enumerated().filter {
            $0.element.utf8.count > 100 && $0.element.count > 100 && !isUnbreakable($0.element)
        }
        .map { file.finding($0.offset, "\($0.element.count) columns, more than 100") }
    }

    /// Functions, from their name to their closing brace, have at most 60 lines.
    static func longFunctions(_ file: SourceFile) -> [String] {
        functions(of: file).filter { $0.lineCount > 60 }.map {
            file.finding($0.line, "a function of \($0.lineCount) lines, more than 60")
        }
    }

    /// Number of lines of a file; a final newline does not begin another.
    static func lineCount(of file: SourceFile) -> Int {
        file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
    }

    /// The first line and the length of every function.
    static func functions(of file: SourceFile) -> [(line: Int, lineCount: Int)] {
        // Where each open brace's function began; nil for a brace that begins none.
        var open: [Int?] = []
        var found: [(line: Int, lineCount: Int)] = []
        // Code since the last brace.
        var header: [UInt8] = []
        var headerLine = 0
        for (line, text) in file.codeLines.enumerated() {
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "{"):
                    let start = functionStart(
                        String(decoding: header, as: UTF8.self), isC: file.kind != "swift",
                        depth: open.count)
                    open.append(start.map { headerLine + $0 })
                case UInt8(ascii: "}"):
                    if let start = open.popLast() ?? nil {
                        found.append((start, line - start + 1))
                    }
                default:
                    header.append(byte)
                    continue
                }
                header = []
                headerLine = line
            }
            header.append(UInt8(ascii: "\n"))
        }
        return found
    }

    /// The line within a header, the code between the previous brace and this one, where a
    /// function begins; nil where none does.
    private static func functionStart(_ header: String, isC: Bool, depth: Int) -> Int? {
        let lines = header.split(separator: "\n", omittingEmptySubsequences: false)
        if isC {
            let isFunction = depth == 0 && header.last { !$0.isWhitespace } == ")"
            return isFunction ? lines.lastIndex { $0.contains(/^\w.*\(/) } : nil
        }
        let function =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+(?:\(\w+\))?\s+)*?(?:func|init|deinit|subscript)\b/
        let property = /^\s*(?:@\w+\s+)*(?:\w+(?:\(\w+\))?\s+)*?var\s+\w+\s*:/
        return lines.lastIndex { line in
            if ["func", "init", "subscript"].contains(where: line.mentions) {
                return line.contains(function)
            }
            return line.mentions("var ") && !line.mentions("=") && line.contains(property)
        }
    }

    /// Whether a line is one word that cannot be wrapped: a link or a regular expression.
    private static func isUnbreakable(_ line: Substring) -> Bool {
        let text = line.drop { $0.isWhitespace || $0 == "/" }
        return text.hasPrefix("https://") || line.contains(/^\s*(?:let \w+ =\s*)?\/.*\/$/)
    }
}
