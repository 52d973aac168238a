import Basics
import Cube

/// A cube whose file is open, with everything that is needed to rebuild the file bit for bit.
public struct OpenedCube: Sendable {
    /// More bytes than this before or after the samples are not worth keeping apart: the layout is
    /// then nil, so that the file is kept as it is.
    public static let largestSurroundingByteCount = 16 << 20

    /// The samples and what is known about them.
    public let source: any CubeSource
    /// The files.
    public let fileSet: CubeFileSet
    /// The variable within a container that holds several; nil elsewhere.
    public let variable: String?
    /// The ENVI header, verbatim; nil elsewhere.
    public let headerBytes: [UInt8]?
    /// How the primary file stores its samples; nil where it cannot be rebuilt from them.
    public let binaryLayout: ENVIBinaryLayout?
    /// What was left aside or looked odd, in sentences for the user.
    public let warnings: [String]

    /// Puts an opened cube together. A compressed layout, or one with more than
    /// ``largestSurroundingByteCount`` bytes around the samples, becomes nil.
    public init(
        source: any CubeSource, fileSet: CubeFileSet, variable: String? = nil,
        headerBytes: [UInt8]? = nil, binaryLayout: ENVIBinaryLayout? = nil, warnings: [String] = []
    ) {
        self.source = source
        self.fileSet = fileSet
        self.variable = variable
        self.headerBytes = headerBytes
        self.binaryLayout = binaryLayout.flatMap { layout in
            let surrounding = max(layout.headerOffsetByteCount, layout.trailingByteCount)
            let isKept = surrounding <= Self.largestSurroundingByteCount && !layout.isCompressed
            return isKept ? layout : nil
        }
        self.warnings = warnings
    }

    /// The bytes before the first sample; none without a layout.
    ///
    /// - Throws: ``BasicsError`` where the file cannot be read.
    public func prefixBytes() throws -> [UInt8] {
        guard let layout = binaryLayout, layout.headerOffsetByteCount > 0 else { return [] }
        let file = try RandomAccessFile(readingFrom: fileSet.primaryPath)
        return try file.bytes(at: 0, byteCount: layout.headerOffsetByteCount)
    }

    /// The bytes after the last sample; none without a layout.
    ///
    /// - Throws: ``BasicsError`` where the file cannot be read.
    public func trailingBytes() throws -> [UInt8] {
        guard let layout = binaryLayout, layout.trailingByteCount > 0 else { return [] }
        let file = try RandomAccessFile(readingFrom: fileSet.primaryPath)
        let end = layout.headerOffsetByteCount + source.description.sampleByteCount
        return try file.bytes(at: end, byteCount: layout.trailingByteCount)
    }
}
