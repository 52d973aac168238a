/// The kinds of cube files, by the reader that opens them.
public enum CubeFormat: String, Codable, Sendable, CaseIterable {
    /// A text header and a raw binary.
    case envi
    /// One array in NumPy's own format (.npy).
    case numpy
    /// MATLAB's workspace files (.mat), versions 4 to 7.3.
    case matlab
    /// Whatever GDAL opens: GeoTIFF, HDF5, netCDF, ERDAS and others.
    case gdal
}
