/// Rules about words.
enum TextRules {
    /// Nothing is left for later.
    static func unfinishedWork(_ file: SourceFile) -> [String] {
        // Spelt in two parts, so that this file does not find itself.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
        return file.lines.enumerated().filter { _, line in
            guard marks.contains(where: line.mentions) else { return false }
            let words = line.split { !$0.isLetter }
            return marks.contains { mark in words.contains { $0 == mark } }
        }.map { file.finding($0.offset, "unfinished work") }
    }

    /// Nothing depends on whose machine it is.
    static func machinePaths(_ file: SourceFile) -> [String] {
        let personal = /(?:^|[^\w.)}\]>~*-])\/(?:home|work|Users|root)\/\w/
        let folders = ["/home/", "/work/", "/Users/", "/root/"]
        return file.lines.enumerated().filter { _, line in
            folders.contains(where: line.mentions) && line.contains(personal)
        }.map {
            file.finding($0.offset, "a path of one machine")
        }
    }

    /// An error that is dropped has a reason beside it: a comment on the same or the line before.
    static func silentTries(_ file: SourceFile) -> [String] {
        let lines = file.lines
        return file.codeLines.enumerated().filter { line, code in
            guard code.mentions("try" + "?"), code.contains(/\btry\?/) else { return false }
            // The code of the line ends where only blanks, or a blanked comment, follow.
            let codeEnd = code.utf8.lastIndex { $0 != UInt8(ascii: " ") } ?? code.startIndex
            let codeByteCount = code.utf8.distance(from: code.startIndex, to: codeEnd) + 1
            let isExplainedHere = Substring(lines[line].utf8.dropFirst(codeByteCount))
                .contains("// ")
            let before = line > 0 ? lines[line - 1].drop(while: \.isWhitespace) : ""
            return !isExplainedHere && !before.hasPrefix("// ")
        }.map { file.finding($0.offset, "an error is dropped without saying why") }
    }

    /// The magics of on-disk structures that a file's code writes or expects.
    static func magics(_ file: SourceFile) -> [String] {
        guard file.isProduct else { return [] }
        let swift = /[mM]agic\w*(?:\s*:\s*\w+)?\s*[=:]\s*"([^"\\]+)"/
        let c = /#define\s+\w*MAGIC\w*\s+"([^"\\]+)"/
        return file.lines.flatMap { line -> [String] in
            guard line.mentions("agic") || line.mentions("MAGIC") else { return [] }
            return line.matches(of: swift).map { String($0.1) }
                + line.matches(of: c).map { String($0.1) }
        }
    }
}
