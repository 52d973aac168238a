/// The part that a file plays in a set of files that hold one cube.
public enum CubeFileRole: String, Codable, Sendable {
    /// ENVI's text header.
    case header
    /// ENVI's raw samples.
    case binary
    /// A file that holds samples and metadata together.
    case container
}
