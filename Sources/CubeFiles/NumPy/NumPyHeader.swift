import Basics
import Cube

/// The header of a .npy file: NumPy Enhancement Proposal 1, format versions 1, 2 and 3.
///
/// Bytes: magic, major and minor version, the dictionary's length in 2 (version 1) or 4 bytes
/// little-endian, the dictionary as a Python literal.
struct NumPyHeader {
    /// The first bytes of every .npy file.
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// NumPy itself refuses longer dictionaries than 10,000 characters.
    private static let largestDictionaryByteCount = 1 << 16

    let geometry: CubeGeometry
    let sampleType: SampleType
    let byteOrder: ByteOrder
    /// Whether the first index varies fastest.
    let isFortranOrder: Bool
    /// Bytes before the first sample.
    let byteCount: Int

    /// Reads and checks the header of an open file.
    init(_ file: RandomAccessFile) throws {
        let path = file.path
        let start = try Self.start(of: file)
        guard start.count >= 10 else {
            guard Self.magic.starts(with: start.prefix(6)) else { throw Self.noMagic(path) }
            throw CubeFilesError.headerIncomplete(path: path, reason: "it has \(start.count) bytes")
        }
        guard start.starts(with: Self.magic) else { throw Self.noMagic(path) }
        guard (1...3).contains(start[6]) else {
            throw CubeFilesError.headerInvalid(
                path: path, reason: "version \(start[6]).\(start[7]) of the format is unknown")
        }
        let lengthByteCount = start[6] == 1 ? 2 : 4
        let length = start[8..<min(start.count, 8 + lengthByteCount)].reversed()
            .reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.largestDictionaryByteCount else {
            throw CubeFilesError.headerInvalid(
                path: path, reason: "a dictionary of \(length) bytes is not plausible")
        }
        byteCount = 8 + lengthByteCount + length
        guard start.count >= byteCount else {
            throw CubeFilesError.headerIncomplete(
                path: path, reason: "\(start.count) of \(byteCount) header bytes are there")
        }
        let text = String(decoding: start[(8 + lengthByteCount)..<byteCount], as: UTF8.self)
        let dictionary = try NumPyDictionary(text, path: path)
        (sampleType, byteOrder) = try dictionary.samples(path: path)
        isFortranOrder = try dictionary.isFortranOrder(path: path)
        geometry = try dictionary.geometry(path: path)
    }

    /// A header of version 1 for a cube in C order, padded so that the samples begin at a multiple
    /// of 64 bytes.
    static func bytes(for cube: CubeDescription) -> [UInt8] {
        let extent = cube.geometry
        let dictionary =
            "{'descr': '\(NumPyDictionary.typeText(of: cube.sampleType))', "
            + "'fortran_order': False, "
            + "'shape': (\(extent.lines), \(extent.samples), \(extent.bands)), }"
        let fixedByteCount = magic.count + 4
        let unpadded = fixedByteCount + dictionary.utf8.count + 1
        let padding = (64 - unpadded % 64) % 64
        let text = dictionary + String(repeating: " ", count: padding) + "\n"
        var writer = ByteWriter()
        writer.write(bytes: magic + [1, 0])
        writer.write(UInt16(text.utf8.count))
        writer.write(bytes: text.utf8)
        return writer.bytes
    }

    private static func start(of file: RandomAccessFile) throws -> [UInt8] {
        let byteCount = min(try file.byteCount(), 12 + largestDictionaryByteCount)
        return try file.bytes(at: 0, byteCount: byteCount)
    }

    private static func noMagic(_ path: String) -> CubeFilesError {
        .headerInvalid(path: path, reason: "its first bytes are not those of a .npy file")
    }
}
