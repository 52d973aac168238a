/// Named values for people, one to a line, their names aligned.
struct FieldList {
    private var fields: [(name: String, value: String)] = []

    /// Adds a value; nil leaves the line out.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        fields.append((name, PrintableText.line(value)))
    }

    /// Leaves a line empty.
    mutating func separate() { fields.append(("", "")) }

    /// The lines, each ended.
    var text: String {
        let width = fields.map { PrintableText.width($0.name) }.max() ?? 0
        return fields.map { field in
            if field.name.isEmpty { return "\n" }
            let space = String(repeating: " ", count: width - PrintableText.width(field.name) + 2)
            return field.name + space + field.value + "\n"
        }.joined()
    }
}
