import Basics
import Cube
import Foundation

/// An ENVI image, read by window straight from its binary.
///
/// A compressed binary is inflated once into a temporary file that has no name any more, so that it
/// vanishes with the object or the process. Safe to read from several threads at once.
public final class ENVICube: CubeSource {
    /// The cube that the header describes.
    public let description: CubeDescription
    /// The header, verbatim and parsed.
    public let header: ENVIHeader
    /// The form of the binary.
    public let layout: ENVIBinaryLayout
    /// What in the header or binary is odd, in sentences.
    public let warnings: [String]
    private let samples: RawSampleFile

    /// Opens a header and its binary.
    ///
    /// - Parameter temporaryFolder: where a compressed binary is inflated.
    /// - Throws: ``CubeFilesError`` where header or binary are not usable, ``BasicsError`` where a
    ///   file cannot be read or a stop was requested.
    public init(
        headerPath: String, binaryPath: String,
        temporaryFolder: String = FileManager.default.temporaryDirectory.path,
        stop: StopToken? = nil
    ) throws {
        header = try ENVIHeader(readingFrom: headerPath)
        let image = try ENVIImage(header)
        description = image.description
        var warnings = image.warnings
        var file = try RandomAccessFile(readingFrom: binaryPath)
        var byteCount = try file.byteCount()
        let isCompressed = try Self.isCompressed(file, image)
        if isCompressed {
            file = try Self.inflated(file, image, into: temporaryFolder, stop: stop)
            byteCount = try file.byteCount()
        } else if image.isDeclaredCompressed {
            warnings.append("the header calls the binary compressed, but it is not")
        }
        guard byteCount >= image.leastByteCount else {
            throw CubeFilesError.binaryTruncated(
                path: binaryPath, expectedByteCount: image.leastByteCount,
                foundByteCount: byteCount)
        }
        let trailing = byteCount - image.leastByteCount
        if trailing > 0 {
            warnings.append("\(trailing) bytes follow the last sample; they are kept")
        }
        layout = ENVIBinaryLayout(
            interleave: image.interleave, byteOrder: image.byteOrder,
            headerOffsetByteCount: image.headerOffsetByteCount, trailingByteCount: trailing,
            isCompressed: isCompressed)
        samples = RawSampleFile(
            file: file, geometry: image.description.geometry,
            sampleType: image.description.sampleType, order: SampleAxisOrder(image.interleave),
            byteOrder: image.byteOrder, offset: image.headerOffsetByteCount)
        self.warnings = warnings
    }

    /// Reads some pixels of some bands.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``, or ``BasicsError`` where the binary
    ///   cannot be read or has shrunk.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try samples.read(window, bandIndices: bandIndices)
    }

    /// Whether the binary must be inflated: the header says so and the first bytes agree.
    static func isCompressed(_ file: RandomAccessFile, _ image: ENVIImage) throws -> Bool {
        guard image.isDeclaredCompressed else { return false }
        var start: [UInt8] = [0, 0]
        let count = try start.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        return count == 2 && GzipInflater.isMagic(start)
    }

    private static func inflated(
        _ file: RandomAccessFile, _ image: ENVIImage, into folder: String, stop: StopToken?
    ) throws -> RandomAccessFile {
        let path = "\(folder)/.cubevault-inflated-\(UUID().uuidString.lowercased())"
        let target = try RandomAccessFile(creating: path, exclusively: true)
        try FileOperations.real.remove(path)
        let (limit, overflow) = image.leastByteCount.addingReportingOverflow(
            OpenedCube.largestSurroundingByteCount)
        try GzipInflater.inflate(file, limit: overflow ? Int.max : limit) { piece, offset in
            try stop?.check()
            try target.write(piece, at: offset)
        }
        return target
    }
}
