import Basics
import ContainerFormats
import Cube
import Synchronization

/// One cube in a MATLAB file, version 5 to 7 or 7.3.
///
/// The cube is the only array of three dimensions (lines x samples x bands), or the only array of
/// bands x pixels beside scalars nRow and nCol, as unmixing scenes are distributed. Its sample type
/// is the type that the file stores, which is narrower than the class that MATLAB shows where the
/// values allow it; int8 is widened to int16. Every value is kept exactly.
///
/// Files are column-major, so one line of the cube is spread over the whole array: the first read
/// unpacks all of it, in storage order, into band-sequential memory or an unlinked temporary file,
/// and every read is a copy from there. Before the first read only headers are looked at.
public final class MATLABCube: CubeSource {
    /// The cube's geometry and metadata.
    public let description: CubeDescription
    /// The array that is the cube.
    public let variable: String
    private let file: any MATLABFile
    private let array: MATLABVariable
    private let layout: MATLABLayout
    private let unpacked = Mutex<SampleSpool?>(nil)

    /// Opens a cube.
    ///
    /// - Parameter variable: which array; nil where the file has only one that is a cube.
    /// - Throws: ``ContainerError`` or `BasicsError` where there is no such cube, or the file is
    ///   damaged or of version 4.
    public init(path: String, variable: String?) throws {
        let file = try Self.open(path)
        let choice = try MATLABChoice(in: file, variable: variable)
        self.file = file
        self.variable = choice.array.name
        array = choice.array
        layout = choice.layout
        description = try choice.description(in: file)
    }

    /// The arrays of a file that can be read as cubes.
    ///
    /// - Throws: ``ContainerError`` or `BasicsError` where the file is not readable.
    public static func candidates(in path: String) throws -> [VariableCandidate] {
        MATLABChoice.candidates(in: try open(path))
    }

    /// Reads some pixels of some bands; the first call unpacks the array.
    ///
    /// - Throws: `CubeError` where the request is outside the cube; ``ContainerError`` where the
    ///   values are damaged or there is no room to unpack them.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        let geometry = description.geometry
        try window.check(inside: geometry)
        try geometry.check(bandIndices: bandIndices)
        let samples = try unpackedSamples()
        var block = SampleBlock(
            zeroed: window, bandIndices: bandIndices, sampleType: description.sampleType)
        let size = description.sampleType.byteCount
        let rowByteCount = window.samples.count * size
        block.bytes.withUnsafeMutableBytes { bytes in
            var target = 0
            for band in bandIndices {
                for line in window.lines {
                    let row = (band * geometry.lines + line) * geometry.samples
                    let start = (row + window.samples.lowerBound) * size
                    bytes[target..<target + rowByteCount].copyBytes(
                        from: samples.bytes[start..<start + rowByteCount])
                    target += rowByteCount
                }
            }
        }
        return block
    }

    private static func open(_ path: String) throws -> any MATLABFile {
        let file = try RandomAccessFile(readingFrom: path)
        guard try file.byteCount() >= 128 else {
            throw ContainerError.unreadable(path: path, reason: "it is no MATLAB file")
        }
        // Bytes 124 to 127: version 0x0100 or 0x0200, and "MI" written as a 16-bit number.
        switch try file.bytes(at: 124, byteCount: 4) {
        case [0x00, 0x01, 0x49, 0x4D]: return try MAT5File(file, byteOrder: .littleEndian)
        case [0x01, 0x00, 0x4D, 0x49]: return try MAT5File(file, byteOrder: .bigEndian)
        case [0x00, 0x02, 0x49, 0x4D], [0x02, 0x00, 0x4D, 0x49]: return try MAT73File(file)
        default:
            throw ContainerError.unreadable(
                path: path,
                reason: "it is no MATLAB file of version 5, 6, 7 or 7.3; in MATLAB, "
                    + "save('file.mat', '-v7.3') writes one")
        }
    }

    /// The band-sequential samples, unpacked by the first caller while others wait.
    private func unpackedSamples() throws -> SampleSpool {
        try unpacked.withLock { unpacked in
            if let unpacked { return unpacked }
            let spool = try SampleSpool(byteCount: description.sampleByteCount)
            try file.forEachPiece(of: array) { firstColumn, values in
                scatter(values, firstColumn: firstColumn, into: spool.bytes)
            }
            unpacked = spool
            return spool
        }
    }

    private func scatter(
        _ values: UnsafeRawBufferPointer, firstColumn: Int,
        into cube: UnsafeMutableRawBufferPointer
    ) {
        if array.storage == .int8 {
            let wide = values.map { Int16(Int8(bitPattern: $0)) }
            return wide.withUnsafeBytes { scatter($0, firstColumn, into: cube, as: Int16.self) }
        }
        switch description.sampleType.byteCount {
        case 1: scatter(values, firstColumn, into: cube, as: UInt8.self)
        case 2: scatter(values, firstColumn, into: cube, as: UInt16.self)
        case 4: scatter(values, firstColumn, into: cube, as: UInt32.self)
        default: scatter(values, firstColumn, into: cube, as: UInt64.self)
        }
    }

    private func scatter<Value>(
        _ values: UnsafeRawBufferPointer, _ firstColumn: Int,
        into cube: UnsafeMutableRawBufferPointer, as type: Value.Type
    ) {
        layout.scatter(
            values.bindMemory(to: type), firstColumn: firstColumn,
            geometry: description.geometry, into: cube.bindMemory(to: type))
    }
}
