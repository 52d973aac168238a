/// One file of a cube.
public struct CubeFile: Hashable, Sendable, Codable {
    /// What the file is to its cube.
    public let role: CubeFileRole
    /// Where it lies, as the caller's path leads to it.
    public let path: String

    /// Names a file.
    public init(role: CubeFileRole, path: String) {
        self.role = role
        self.path = path
    }
}
