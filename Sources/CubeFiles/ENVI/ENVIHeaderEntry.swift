/// One `key = value` of an ENVI header, as written.
public struct ENVIHeaderEntry: Hashable, Sendable {
    /// The key as written, without the spaces around it.
    public let key: String
    /// The value without the spaces and braces around it.
    public let value: String
    /// Whether the value stood in braces.
    public let isBraced: Bool

    /// The key as keys are compared: lower case, without spaces and underscores, so that
    /// `Header Offset` and `headeroffset` are the same.
    public var normalizedKey: String { Self.normalized(key) }

    static func normalized(_ key: String) -> String {
        String(key.lowercased().filter { !$0.isWhitespace && $0 != "_" })
    }
}
