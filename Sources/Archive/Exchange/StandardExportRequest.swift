import Cube
import CubeCodec

/// What of a cube to write as one stream of CCSDS 123.0-B-2, and how.
public struct StandardExportRequest: Sendable {
    /// The file to write.
    public var path: String
    /// Pixels to write; nil for all.
    public var window: CubeWindow?
    /// Band indices to write, counted from 0, in this order; nil for all.
    public var bandIndices: [Int]?
    /// The choices that the standard leaves.
    public var options = StandardStreamOptions()
    /// Whether an existing file may be replaced.
    public var replaces = false

    /// A request for the whole cube.
    public init(path: String) { self.path = path }
}
