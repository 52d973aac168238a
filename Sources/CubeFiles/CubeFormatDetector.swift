import Basics

/// Tells formats apart by a file's extension and first bytes.
enum CubeFormatDetector {
    /// Extensions, in lower case, of files that GDAL opens and that are worth a try.
    static let containerExtensions: Set<String> = [
        "tif", "tiff", "gtif", "btf", "nc", "nc4", "cdf", "h5", "hdf5", "he5", "hdf", "h4", "hdf4",
        "he4", "lan", "gis", "jp2", "j2k", "vrt", "zarr", "pix", "ntf", "nitf", "ers", "cub", "kea",
        "rst",
    ]

    /// Enough bytes for every magic number.
    static let magicByteCount = 128

    /// The format that an extension stands for by itself; nil for ENVI's and for unknown ones.
    static func format(ofExtension fileExtension: String) -> CubeFormat? {
        switch fileExtension {
        case "npy": .numpy
        case "mat": .matlab
        default: containerExtensions.contains(fileExtension) ? .gdal : nil
        }
    }

    /// The format that a file's first bytes name; nil where they name none.
    static func format(ofMagic bytes: [UInt8]) -> CubeFormat? {
        if bytes.starts(with: NumPyHeader.magic) { return .numpy }
        if bytes.starts(with: "MATLAB 5.0 MAT-file".utf8) { return .matlab }
        if bytes.starts(with: "MATLAB 7.3 MAT-file".utf8) { return .matlab }
        return containerMagics.contains { bytes.starts(with: $0) } ? .gdal : nil
    }

    /// The first bytes of a file, up to ``magicByteCount``.
    static func magic(of path: String) throws(BasicsError) -> [UInt8] {
        let file = try RandomAccessFile(readingFrom: path)
        var bytes = [UInt8](repeating: 0, count: magicByteCount)
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(BasicsError) in try file.read(into: buffer, at: 0) }
        }
        return Array(bytes.prefix(try result.get()))
    }

    /// TIFF and BigTIFF of both byte orders, HDF5 and netCDF-4, netCDF classic, HDF4, ERDAS
    /// IMAGINE, ERDAS 7.x, JPEG 2000, PCIDSK, NITF.
    private static let containerMagics: [[UInt8]] = [
        [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A], [0x49, 0x49, 0x2B, 0x00],
        [0x4D, 0x4D, 0x00, 0x2B], [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A],
        [0x43, 0x44, 0x46, 0x01], [0x43, 0x44, 0x46, 0x02], [0x43, 0x44, 0x46, 0x05],
        [0x0E, 0x03, 0x13, 0x01], Array("EHFA_HEADER_TAG".utf8), Array("HEAD74".utf8),
        [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20],
        Array("PCIDSK".utf8), Array("NITF".utf8),
    ]
}
