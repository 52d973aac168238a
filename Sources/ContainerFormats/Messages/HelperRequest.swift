import Cube

/// One line that cubevault-gdal is asked.
public enum HelperRequest: Codable, Sendable, Equatable {
    /// List the cubes in a file.
    case candidates(path: String)
    /// Open a cube, keep it open and describe it.
    case describe(path: String, variable: String?)
    /// Read from the open cube.
    case read(window: CubeWindow, bandIndices: [Int])
    /// Create a GeoTIFF and keep it open for writing.
    case create(path: String, description: CubeDescription)
    /// Write into the open GeoTIFF; `byteCount` raw bytes, [bands][lines][samples] little-endian,
    /// follow the line.
    case write(window: CubeWindow, bandIndices: [Int], byteCount: Int)
    /// Complete and close the GeoTIFF.
    case finish
}
