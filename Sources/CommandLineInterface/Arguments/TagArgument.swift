import ArgumentParser

/// A label: `KEY=VALUE`; the value may be empty and may itself hold equals signs.
struct TagArgument: ExpressibleByArgument, Equatable {
    /// Not empty.
    let key: String
    /// Any text.
    let value: String

    /// Reads the text; nil without a key and an equals sign.
    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            return nil
        }
        key = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
    }

    /// Tags by key.
    ///
    /// - Throws: ``CommandLineError/badRequest(reason:)`` where a key is given two values.
    static func dictionary(_ tags: [TagArgument]) throws -> [String: String] {
        try tags.reduce(into: [:]) { result, tag in
            if let other = result[tag.key], other != tag.value {
                throw CommandLineError.badRequest(
                    reason: "tag '\(tag.key)' is given two values, '\(other)' and '\(tag.value)'")
            }
            result[tag.key] = tag.value
        }
    }
}
