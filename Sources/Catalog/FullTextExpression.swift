/// Turns what a user typed into an FTS5 expression that cannot be a syntax error: every word
/// becomes a quoted prefix phrase, and all must match. FTS5's own operators mean nothing here.
struct FullTextExpression {
    /// The expression; nil where the text has characters, but no letter or digit to search for.
    let match: String?

    init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).filter(Self.hasToken)
        match =
            words.isEmpty
            ? nil : words.map { "\"" + Self.quotable($0) + "\"*" }.joined(separator: " ")
    }

    /// Whether FTS5's unicode61 tokenizer finds anything in a word: letters, numbers and private
    /// use.
    private static func hasToken(_ word: Substring) -> Bool {
        word.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter, .decimalNumber, .letterNumber, .otherNumber, .privateUse:
                true
            default: false
            }
        }
    }

    /// A word without what would end the phrase: quotes are doubled, and NUL ends SQLite's text.
    private static func quotable(_ word: Substring) -> String {
        word.reduce(into: "") { result, character in
            switch character {
            case "\"": result += "\"\""
            case "\0": result += " "
            default: result.append(character)
            }
        }
    }
}
