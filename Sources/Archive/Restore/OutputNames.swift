import Foundation

/// Names of the files that a restore writes, from what the user said and what the source was.
struct OutputNames {
    /// The user's `-o`; nil where it was not given.
    let output: String?

    /// Paths for files whose names are known, such as the originals: into the named folder; a
    /// single file may also be given a name, and a pair takes a common stem.
    func paths(for fileNames: [String]) -> [String] {
        guard let output else { return fileNames }
        if isFolder(output) { return fileNames.map { join(output, $0) } }
        if fileNames.count == 1 { return [output] }
        return fileNames.map { name in
            isHeader(name) ? headerPath(beside: output, like: name, of: fileNames) : output
        }
    }

    /// The path for one new file called `name` unless the user named it.
    func path(named name: String) -> String {
        guard let output else { return name }
        return isFolder(output) ? join(output, name) : output
    }

    /// The header's path beside a binary's: its last extension replaced by `.hdr`.
    static func header(ofBinary path: String) -> String {
        let stem = (path as NSString).deletingPathExtension
        return (stem.isEmpty ? path : stem) + ".hdr"
    }

    private func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        return path.hasSuffix("/") || (exists && isDirectory.boolValue)
    }

    private func isHeader(_ name: String) -> Bool { name.lowercased().hasSuffix(".hdr") }

    /// X.img.hdr stays with X.img; X.hdr with X.
    private func headerPath(beside output: String, like name: String, of names: [String]) -> String
    {
        let binary = names.first { !isHeader($0) } ?? ""
        let appends = name.lowercased() == (binary + ".hdr").lowercased()
        return appends ? output + ".hdr" : Self.header(ofBinary: output)
    }

    private func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
