import Basics
import Cube

/// A three-dimensional NumPy array of lines x samples x bands, read by window from its file.
///
/// Safe to read from several threads at once.
public final class NumPyCube: CubeSource {
    /// The cube; a .npy file says nothing about its bands.
    public let description: CubeDescription
    /// The form of the file, its header being the leading bytes; nil for Fortran order, which is
    /// none of the three interleaves.
    public let layout: ENVIBinaryLayout?
    /// What is odd about the file, in sentences.
    public let warnings: [String]
    private let samples: RawSampleFile

    /// Opens a .npy file of format version 1, 2 or 3, in C or Fortran order and either byte order.
    ///
    /// - Throws: ``CubeFilesError`` where it is no array of three dimensions, or truncated;
    ///   ``BasicsError`` where it cannot be read.
    public init(path: String) throws {
        let file = try RandomAccessFile(readingFrom: path)
        let header = try NumPyHeader(file)
        description = CubeDescription(geometry: header.geometry, sampleType: header.sampleType)
        let (least, overflow) = header.byteCount.addingReportingOverflow(
            description.sampleByteCount)
        let found = try file.byteCount()
        guard !overflow, found >= least else {
            throw CubeFilesError.binaryTruncated(
                path: path, expectedByteCount: overflow ? Int.max : least, foundByteCount: found)
        }
        warnings = found == least ? [] : ["\(found - least) bytes follow the last sample"]
        layout =
            header.isFortranOrder
            ? nil
            : ENVIBinaryLayout(
                interleave: .bip, byteOrder: header.byteOrder,
                headerOffsetByteCount: header.byteCount, trailingByteCount: found - least)
        samples = RawSampleFile(
            file: file, geometry: header.geometry, sampleType: header.sampleType,
            order: header.isFortranOrder ? .bandSampleLine : .lineSampleBand,
            byteOrder: header.byteOrder, offset: header.byteCount)
    }

    /// Reads some pixels of some bands.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``, or ``BasicsError`` where the file
    ///   cannot be read or has shrunk.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try samples.read(window, bandIndices: bandIndices)
    }
}
