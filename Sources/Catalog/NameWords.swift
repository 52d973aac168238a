/// Splits names as people read them: `jasperRidge2_R198` is `jasper Ridge 2 R 198`.
enum NameWords {
    /// The words of several names: runs of letters that do not turn from lower to upper case, and
    /// runs of digits.
    static func text(of names: [String]) -> String {
        names.map(split).joined(separator: " ")
    }

    private static func split(_ name: String) -> String {
        var result = ""
        var previous: Character = " "
        for character in name {
            let turns =
                (previous.isLowercase && character.isUppercase)
                || (previous.isNumber != character.isNumber)
            if turns { result.append(" ") }
            result.append(character.isLetter || character.isNumber ? character : " ")
            previous = character
        }
        return result
    }
}
