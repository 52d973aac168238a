import Basics

/// An ENVI header: its bytes as they are, and the entries in them, in order.
///
/// Nothing is interpreted here: a header of a spectral library parses like any other.
public struct ENVIHeader: Hashable, Sendable {
    /// A real header has some hundred kilobytes at most; a bigger file is something else.
    public static let largestByteCount = 16 << 20

    /// Where the header was read from, for messages.
    public let path: String
    /// The whole file.
    public let bytes: [UInt8]
    /// All entries in the file's order, unknown and repeated keys included.
    public let entries: [ENVIHeaderEntry]
    private let firstPositions: [String: Int]

    /// Parses a header. Text that is not UTF-8 is taken as Latin-1.
    ///
    /// - Throws: ``CubeFilesError/headerIncomplete(path:reason:)`` where it is empty or ends inside
    ///   braces, ``CubeFilesError/headerInvalid(path:reason:)`` where it is no ENVI header.
    public init(parsing bytes: [UInt8], path: String) throws(CubeFilesError) {
        self.path = path
        self.bytes = bytes
        var parser = ENVIHeaderParser(bytes: bytes, path: path)
        entries = try parser.parse()
        firstPositions = Dictionary(
            zip(entries.map(\.normalizedKey), entries.indices),
            uniquingKeysWith: { first, _ in first })
    }

    /// Reads and parses a header file.
    ///
    /// - Throws: what ``init(parsing:path:)`` throws, or ``BasicsError`` where the file cannot be
    ///   read.
    public init(readingFrom path: String) throws {
        let file = try RandomAccessFile(readingFrom: path)
        let byteCount = try file.byteCount()
        guard byteCount <= Self.largestByteCount else {
            throw CubeFilesError.headerInvalid(
                path: path, reason: "\(byteCount) bytes are too many for an ENVI header")
        }
        try self.init(parsing: file.bytes(at: 0, byteCount: byteCount), path: path)
    }

    /// The value of the first entry with this key, compared without case, spaces and underscores;
    /// nil where there is none or it is empty.
    public func value(of key: String) -> String? {
        guard let position = firstPositions[ENVIHeaderEntry.normalized(key)] else { return nil }
        let value = entries[position].value
        return value.isEmpty ? nil : value
    }

    /// The comma-separated elements of a value, empty ones at its end left out; nil where there is
    /// no such entry.
    public func list(of key: String) -> [String]? {
        value(of: key).map(Self.elements)
    }

    /// Every different value that this key is given.
    func values(of key: String) -> Set<String> {
        let key = ENVIHeaderEntry.normalized(key)
        return Set(entries.lazy.filter { $0.normalizedKey == key }.map(\.value))
    }

    static func elements(_ value: String) -> [String] {
        var elements = value.split(separator: ",", omittingEmptySubsequences: false)
            .map(ENVIHeaderParser.trimmed)
        while elements.last?.isEmpty == true { elements.removeLast() }
        return elements
    }
}
