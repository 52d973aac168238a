/// The first line that cubevault-gdal says.
public struct HelperGreeting: Codable, Sendable, Equatable {
    /// The protocol that this source speaks (docs/FORMAT.md).
    public static let protocolVersion = 1

    /// The protocol that the helper speaks.
    public let protocolVersion: Int
    /// libgdal's version, such as `3.6.2`; nil where the helper was built without it.
    public let gdalVersion: String?

    /// A greeting in the present protocol.
    public init(gdalVersion: String?) {
        protocolVersion = Self.protocolVersion
        self.gdalVersion = gdalVersion
    }
}
