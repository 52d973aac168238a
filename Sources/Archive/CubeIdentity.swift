import Basics

/// A cube's ID: the SHA-256 of a short text that names its source files' digests, so that the same
/// files dropped twice are one cube, and two variables of one file are two (docs/FORMAT.md).
enum CubeIdentity {
    /// The ID of a cube read from files.
    ///
    /// - Parameters:
    ///   - files: role and digest of every source file.
    ///   - variable: the variable inside a container; nil where the file is the cube.
    static func identity(
        of files: [(role: String, digest: SHA256Digest)], variable: String?
    ) -> SHA256Digest {
        let fileLines = files.map { "\($0.role) \($0.digest.hexadecimal)\n" }.sorted()
        let variableLine = variable.map { "variable \($0)\n" } ?? ""
        let text = "cubevault cube 1\n" + fileLines.joined() + variableLine
        return SHA256Hasher.digest(of: Array(text.utf8))
    }
}
