import Basics
import Glibc

/// The entries of one folder at one moment, read once so that thousands of files can be paired
/// without reading the folder thousands of times.
public struct FolderListing: Sendable {
    /// The folder, as it was named.
    public let path: String
    /// The usable entries in alphabetical order.
    public let entries: [FolderEntry]
    /// Names that are not UTF-8, with each wrong byte shown as U+FFFD.
    public let unusableNames: [String]
    private let entriesByLowercasedName: [String: [FolderEntry]]

    /// Reads a folder; `.` and `..` are left out.
    ///
    /// - Throws: ``BasicsError/fileOperationFailed(operation:path:errorNumber:)``.
    public init(of path: String) throws(BasicsError) {
        let separated = path.hasSuffix("/") ? path : path + "/"
        var entries: [FolderEntry] = []
        var unusable: [String] = []
        for name in try Self.rawNames(in: path) {
            if let text = String(validating: name, as: UTF8.self) {
                if let entry = FolderEntry(name: text, path: separated + text) {
                    entries.append(entry)
                }
            } else {
                unusable.append(String(decoding: name, as: UTF8.self))
            }
        }
        self.path = path
        self.entries = entries.sorted { $0.name < $1.name }
        unusableNames = unusable.sorted()
        entriesByLowercasedName = Dictionary(grouping: self.entries) { $0.name.lowercased() }
    }

    /// The entries with this name, whatever the case of its letters.
    public func entries(resembling name: String) -> [FolderEntry] {
        entriesByLowercasedName[name.lowercased()] ?? []
    }

    private static func rawNames(in path: String) throws(BasicsError) -> [[UInt8]] {
        guard let folder = opendir(path) else {
            throw .fileOperationFailed(operation: "list", path: path, errorNumber: errno)
        }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
        }
        guard errno == 0 else {
            throw .fileOperationFailed(operation: "list", path: path, errorNumber: errno)
        }
        return names
    }
}
