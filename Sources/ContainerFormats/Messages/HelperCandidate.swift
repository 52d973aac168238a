/// One cube in a file of several.
public struct HelperCandidate: Codable, Sendable, Equatable {
    /// What selects it.
    public let name: String
    /// Its dimensions in the file's order.
    public let shape: [Int]
    /// Its type, such as `uint16`, or GDAL's own name for a type that cannot be read.
    public let typeName: String

    /// Describes a cube.
    public init(name: String, shape: [Int], typeName: String) {
        self.name = name
        self.shape = shape
        self.typeName = typeName
    }
}
