/// Named values for people, one to a line, their names aligned.
struct FieldList {
    private var fields: [(name: String, value: String)] = []

    /// Adds a value; nil leaves the line out. An empty name continues the field above.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        fields.append((name, PrintableText.line(value)))
    }

    /// The lines, each ended.
    var text: String {
        let width = fields.map { PrintableText.width($0.name) }.max() ?? 0
        return fields.map { field in
            let space = String(repeating: " ", count: width - PrintableText.width(field.name) + 2)
            return field.name + space + field.value + "\n"
        }.joined()
    }
}
