import Basics
import Cube

/// Writes a cube of uint16 samples as a MATLAB version 5 file with one array, `cube`, of lines x
/// samples x bands (MAT-File Format, MathWorks, chapter 1), in column-major order: [bands][samples]
/// [lines].
final class MATLABSceneWriter: Sendable {
    /// What MATLAB itself reads of one array.
    private static let largestArrayByteCount = Int(Int32.max)
    private let file: RandomAccessFile
    private let geometry: CubeGeometry
    private let dataOffset: Int

    /// Creates the file and writes everything before the samples.
    ///
    /// - Throws: ``Basics/BasicsError``, ``CommandLineError/badRequest(reason:)`` for a scene that
    ///   the format cannot hold.
    init(creating path: String, description: CubeDescription) throws {
        precondition(description.sampleType == .uint16, "synthetic scenes are uint16")
        guard description.sampleByteCount <= Self.largestArrayByteCount else {
            throw CommandLineError.badRequest(
                reason: "a MATLAB 5 file holds at most 2 GiB per array, and this scene has "
                    + "\(ByteCountFormat.text(description.sampleByteCount)); use --format envi")
        }
        geometry = description.geometry
        let header = Self.header(geometry)
        dataOffset = header.count
        file = try RandomAccessFile(creating: path)
        try header.withUnsafeBytes { try file.write($0, at: 0) }
    }

    /// Writes a block of whole columns and all bands.
    func write(_ block: SampleBlock) throws {
        precondition(
            block.window.lines.count == geometry.lines && block.bandCount == geometry.bands,
            "blocks are whole columns of all bands")
        let width = block.window.samples.count
        var plane = [UInt16](repeating: 0, count: geometry.lines * width)
        for band in 0..<block.bandCount {
            block.bytes.withUnsafeBytes { bytes in
                let samples = bytes.assumingMemoryBound(to: UInt16.self)
                for index in plane.indices {
                    plane[index % width * geometry.lines + index / width] =
                        samples[band * plane.count + index].littleEndian
                }
            }
            let column = band * geometry.samples + block.window.samples.lowerBound
            try plane.withUnsafeBytes { bytes in
                try file.write(bytes, at: dataOffset + column * geometry.lines * 2)
            }
        }
    }

    /// Pads the file and forces it to the disk.
    func finish() throws {
        let byteCount = geometry.sampleCount * 2
        let padding = [UInt8](repeating: 0, count: Self.padding(byteCount))
        try padding.withUnsafeBytes { try file.write($0, at: dataOffset + byteCount) }
        try file.synchronize()
    }

    /// The file's header and the tags of the array; the numbers are MATLAB's data types.
    private static func header(_ geometry: CubeGeometry) -> [UInt8] {
        let (int8, uint16, int32, uint32, matrix, uint16Class):
            (
                UInt32, UInt32, UInt32, UInt32, UInt32, UInt32
            ) = (1, 4, 5, 6, 14, 11)
        let dataByteCount = geometry.sampleCount * 2
        var array = ByteWriter()
        array.write(uint32)
        array.write(UInt32(8))
        array.write(uint16Class)
        array.write(UInt32(0))
        array.write(int32)
        array.write(UInt32(12))
        for extent in [geometry.lines, geometry.samples, geometry.bands] {
            array.write(Int32(extent))
        }
        array.write(UInt32(0))
        array.write(int8)
        array.write(UInt32(4))
        array.write(magic: "cube")
        array.write(UInt32(0))
        array.write(uint16)
        array.write(UInt32(dataByteCount))
        var file = ByteWriter()
        let text = "MATLAB 5.0 MAT-file, synthetic scene by Cubevault"
        file.write(magic: text + String(repeating: " ", count: 124 - text.utf8.count))
        file.write(UInt16(0x0100))
        file.write(magic: "IM")
        file.write(matrix)
        file.write(UInt32(array.bytes.count + dataByteCount + padding(dataByteCount)))
        file.write(bytes: array.bytes)
        return file.bytes
    }

    private static func padding(_ byteCount: Int) -> Int { (8 - byteCount % 8) % 8 }
}
