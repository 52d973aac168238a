/// Numbers as ENVI headers write them.
enum ENVINumber {
    /// The shortest decimal text that reads back as the same value, without `.0`.
    static func text(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
