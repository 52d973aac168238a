import Basics
import Cube

/// A NumPy file (.npy, format 1.0 or 2.0) of a cube: C order, little-endian,
/// [lines][samples][bands].
public enum NumPyFixture {
    /// The types that NumPy's `descr` may name.
    private static let sampleTypes: [String: SampleType] = [
        "|u1": .uint8, "<i2": .int16, "<u2": .uint16, "<i4": .int32, "<u4": .uint32,
        "<i8": .int64, "<u8": .uint64, "<f4": .float32, "<f8": .float64,
    ]

    /// Reads a whole file.
    ///
    /// - Throws: `BasicsError` where the file is missing or of another kind.
    public static func cube(at path: String) throws -> MemoryCube {
        let file = try RandomAccessFile(readingFrom: path)
        let bytes = try file.bytes(at: 0, byteCount: try file.byteCount())
        var reader = ByteReader(bytes, structure: path)
        guard try reader.read(UInt8.self) == 0x93 else { throw reader.malformed("not a .npy file") }
        try reader.expect(magic: "NUMPY")
        let version = try reader.read(UInt16.self)
        let headerByteCount =
            version == 1 ? Int(try reader.read(UInt16.self)) : Int(try reader.read(UInt32.self))
        let header = String(decoding: try reader.readBytes(headerByteCount), as: UTF8.self)
        guard let type = sampleTypes.first(where: { header.contains("'\($0.key)'") })?.value,
            header.contains("'fortran_order': False"), let shape = shape(in: header)
        else { throw reader.malformed("its header is \(header)") }
        let geometry = try CubeGeometry(lines: shape[0], samples: shape[1], bands: shape[2])
        let values = try reader.readBytes(geometry.sampleCount * type.byteCount)
        return MemoryCube(
            description: CubeDescription(geometry: geometry, sampleType: type),
            bytes: bandSequential(Array(values), geometry, type.byteCount))
    }

    /// The three extents; nil for another number of them.
    private static func shape(in header: String) -> [Int]? {
        guard let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")") else {
            return nil
        }
        let extents = header[open..<close].dropFirst().split(separator: ",")
            .compactMap { Int($0.filter { $0 != " " }) }
        return extents.count == 3 ? extents : nil
    }

    /// [lines][samples][bands] to [bands][lines][samples].
    private static func bandSequential(
        _ values: [UInt8], _ geometry: CubeGeometry, _ size: Int
    ) -> [UInt8] {
        var target = [UInt8](repeating: 0, count: values.count)
        for pixel in 0..<geometry.pixelCount {
            for band in 0..<geometry.bands {
                let from = (pixel * geometry.bands + band) * size
                let to = (band * geometry.pixelCount + pixel) * size
                for byte in 0..<size { target[to + byte] = values[from + byte] }
            }
        }
        return target
    }
}
