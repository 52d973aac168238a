/// A path taken apart as text, so that it can be put together again exactly.
struct FilePathParts {
    /// Everything up to and including the last slash; empty where there is none.
    let prefix: String
    /// The last component.
    let name: String

    init(_ path: String) {
        var path = Substring(path)
        while path.utf8.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        prefix = String(path[..<cut])
        name = String(path[cut...])
    }

    /// The folder as a path that can be opened.
    var folder: String { prefix.isEmpty ? "." : prefix }

    /// The last extension in lower case, without its dot; empty where there is none.
    var lowercasedExtension: String { Self.lowercasedExtension(of: name) }

    /// The name without its last extension.
    var stem: String {
        let count = lowercasedExtension.isEmpty ? 0 : lowercasedExtension.utf8.count + 1
        return String(decoding: name.utf8.dropLast(count), as: UTF8.self)
    }

    /// The last extension of a name in lower case; a leading dot begins no extension, and neither
    /// do characters outside ASCII, whose case mapping could change their length.
    static func lowercasedExtension(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        let text = name[name.index(after: dot)...]
        return text.utf8.allSatisfy { $0 < 128 } ? text.lowercased() : ""
    }
}
