/// Taking apart arguments of the form `LOW..HIGH`.
enum NumberRange {
    /// The two ends as text, an absent one nil; a text without `..` is both ends. Nil where
    /// neither end is given.
    static func ends(of text: String) -> (low: Substring?, high: Substring?)? {
        guard let dots = text.firstRange(of: "..") else {
            return text.isEmpty ? nil : (text[...], text[...])
        }
        let low = text[..<dots.lowerBound]
        let high = text[dots.upperBound...]
        if low.isEmpty && high.isEmpty { return nil }
        return (low.isEmpty ? nil : low, high.isEmpty ? nil : high)
    }
}
