import Basics
import ContainerFormats
import Cube

/// A cube in a file that GDAL reads: GeoTIFF, HDF5, netCDF, HDF4, ERDAS and many more.
///
/// netCDF, HDF5 and HDF4 files are read as arrays with named dimensions, whose names (or the file's
/// wavelengths) say which are lines, samples and bands; other files as rasters of bands.
///
/// The object keeps one child process, which has the file open, until it is released.
public final class GDALCube: CubeSource {
    /// The cube's geometry and metadata.
    public let description: CubeDescription
    /// What selects the cube in its file; nil where the file is one cube as a whole.
    public let variable: String?
    /// What a user should know before trusting the metadata, such as nodata values that differ from
    /// band to band.
    public let warnings: [String]
    private let session: HelperSession

    /// Opens a cube.
    ///
    /// - Parameter variable: the cube's name as ``candidates(in:helper:)`` lists it, the last part
    ///   of that name, or its number in that list, from 1; nil where the file has only one.
    /// - Throws: ``ContainerError``; `BasicsError` where the file cannot be opened at all.
    public init(path: String, variable: String?, helper: GDALHelper) throws {
        // Whatever the file system objects to is said in its own words.
        _ = try RandomAccessFile(readingFrom: path)
        session = try HelperSession(helper, path: path)
        let reply = try session.ask(
            .describe(path: AbsolutePath.of(path), variable: variable), variable: variable)
        guard case .opened(let description, let variable, let warnings) = reply,
            description.bands.count == description.geometry.bands
        else { throw session.unexpected(helper) }
        self.description = description
        self.variable = variable
        self.warnings = warnings
    }

    /// The cubes in a file that holds several; empty where the file is one cube as a whole.
    ///
    /// - Throws: ``ContainerError``; `BasicsError` where the file cannot be opened at all.
    public static func candidates(
        in path: String, helper: GDALHelper
    ) throws -> [VariableCandidate] {
        _ = try RandomAccessFile(readingFrom: path)
        let session = try HelperSession(helper, path: path)
        let reply = try session.ask(.candidates(path: AbsolutePath.of(path)))
        guard case .candidates(let list) = reply else { throw session.unexpected(helper) }
        return list.map(VariableCandidate.init)
    }

    /// Reads some pixels of some bands.
    ///
    /// - Throws: `CubeError` where the request is outside the cube; ``ContainerError`` where the
    ///   samples are damaged, or the helper crashed or hung.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: bandIndices)
        let pieces = HelperPiece.covering(
            window, bandCount: bandIndices.count,
            sampleByteCount: description.sampleType.byteCount)
        var block = SampleBlock(
            zeroed: window, bandIndices: bandIndices, sampleType: description.sampleType)
        if let only = pieces.first, pieces.count == 1 {
            try block.bytes.withUnsafeMutableBytes { bytes in
                try session.read(
                    .read(window: only.window, bandIndices: bandIndices), into: bytes)
            }
            return block
        }
        for piece in pieces { try read(piece, into: &block) }
        return block
    }

    /// Reads a piece and copies it, band by band, to its place.
    private func read(_ piece: HelperPiece, into block: inout SampleBlock) throws {
        let rowByteCount = piece.window.samples.count * description.sampleType.byteCount
        let runByteCount = piece.window.lines.count * rowByteCount
        var bytes = [UInt8](repeating: 0, count: runByteCount * piece.bands.count)
        let bandIndices = Array(block.bandIndices[piece.bands])
        try bytes.withUnsafeMutableBytes { buffer in
            try session.read(
                .read(window: piece.window, bandIndices: bandIndices), into: buffer)
        }
        let firstLine = piece.window.lines.lowerBound - block.window.lines.lowerBound
        for (position, band) in piece.bands.enumerated() {
            let target = band * block.planeByteCount + firstLine * rowByteCount
            let source = position * runByteCount
            block.bytes.replaceSubrange(
                target..<target + runByteCount, with: bytes[source..<source + runByteCount])
        }
    }
}
