/// The files that together hold one cube. The same set results from the path of any of them.
///
/// Invariant: `files` is not empty, and the file with the samples comes first.
public struct CubeFileSet: Hashable, Sendable, Codable {
    /// Which reader opens the set.
    public let format: CubeFormat
    /// The binary or container, then the header where there is one.
    public let files: [CubeFile]
    /// For people: the file name without its known extensions.
    public let name: String

    /// Groups files.
    public init(format: CubeFormat, files: [CubeFile], name: String) {
        precondition(!files.isEmpty, "a cube has at least one file")
        self.format = format
        self.files = files
        self.name = name
    }

    /// A set of one container file.
    public init(format: CubeFormat, containerPath: String) {
        self.init(
            format: format, files: [CubeFile(role: .container, path: containerPath)],
            name: FilePathParts(containerPath).stem)
    }

    /// The path of the file that holds the samples.
    public var primaryPath: String { files[0].path }

    /// The path of the ENVI header; nil for containers.
    public var headerPath: String? { files.first { $0.role == .header }?.path }
}
