#if GDAL
import Cube

/// A cube that GDAL has open.
protocol OpenCube {
    /// Its geometry and metadata.
    var description: CubeDescription { get }
    /// What selected it; nil where the file is one cube as a whole.
    var variable: String? { get }
    /// What a user should know before trusting the metadata.
    var warnings: [String] { get }

    /// Fills the buffer with [bands][lines][samples]; the caller has checked the request and the
    /// buffer's length.
    func read(
        _ window: CubeWindow, bandIndices: [Int], into buffer: UnsafeMutableRawBufferPointer
    ) throws
}
#endif
