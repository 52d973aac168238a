/// One array of a container file (.mat, HDF5, netCDF) that can be read as a cube.
public struct VariableCandidate: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What to pass as `variable:`.
    public let name: String
    /// The array's dimensions in the file's own order.
    public let shape: [Int]
    /// The type of the stored values, such as `uint16`.
    public let typeName: String

    /// Describes one array.
    public init(name: String, shape: [Int], typeName: String) {
        self.name = name
        self.shape = shape
        self.typeName = typeName
    }

    /// For people: `data (100 x 100 x 205 uint16)`.
    public var description: String {
        "\(name) (\(shape.map(String.init).joined(separator: " x ")) \(typeName))"
    }
}
