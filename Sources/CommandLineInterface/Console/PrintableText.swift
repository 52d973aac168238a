/// Text from files and headers made fit for a terminal.
///
/// A header may hold escape sequences; printed as they are they could move the cursor or worse.
enum PrintableText {
    /// The text on one line, each control character replaced by U+FFFD and line breaks by spaces.
    static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isBreak($0) ? " " : safe($0) }))
    }

    /// Columns that the text takes on a terminal.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

    /// The text cut to `width` columns, its last one an ellipsis where something was left out.
    static func cut(_ text: String, to width: Int) -> String {
        if Self.width(text) <= width { return text }
        var kept = ""
        var used = 0
        for character in text {
            let next = used + columns(character)
            if next > width - 1 { break }
            kept.append(character)
            used = next
        }
        return width > 0 ? kept + "…" : ""
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\t"
    }

    private static func safe(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
        case .format where scalar.value != 0x200D: "\u{FFFD}"
        default: scalar
        }
    }

    /// 2 for the wide characters of East Asian scripts and for emoji, else 1.
    private static func columns(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
