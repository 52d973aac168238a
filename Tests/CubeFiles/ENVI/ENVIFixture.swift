import Cube
import CubeFiles
import TestSupport

/// ENVI pairs on disk, their headers written by hand.
enum ENVIFixture {
    static let codes: [SampleType: Int] = [
        .uint8: 1, .int16: 2, .int32: 3, .float32: 4, .float64: 5, .uint16: 12, .uint32: 13,
        .int64: 14, .uint64: 15,
    ]

    static func header(
        lines: Int = 3, samples: Int = 4, bands: Int = 5, dataType: Int = 2,
        interleave: String = "bil", byteOrder: Int = 0, offset: Int = 0, extra: String = ""
    ) -> String {
        """
        ENVI
        samples = \(samples)
        lines = \(lines)
        bands = \(bands)
        header offset = \(offset)
        file type = ENVI Standard
        data type = \(dataType)
        interleave = \(interleave)
        byte order = \(byteOrder)
        \(extra)

        """
    }

    /// The header of ``header(lines:samples:bands:dataType:interleave:byteOrder:offset:extra:)``
    /// has a binary of this many bytes.
    static let binaryByteCount = 3 * 4 * 5 * 2

    /// Parses and interprets a text.
    static func image(_ text: String) throws -> ENVIImage {
        try ENVIImage(ENVIHeader(parsing: Array(text.utf8), path: "test.hdr"))
    }

    /// A cube whose description the standard header with five bands and `extra` gives.
    static func cube(_ extra: String) throws -> CubeDescription {
        try image(header(extra: extra)).description
    }

    /// Writes `name.hdr` and `name.img`; returns the opened cube.
    static func open(
        _ cube: MemoryCube, in folder: TemporaryFolder, interleave: Interleave,
        byteOrder: ByteOrder, prefix: [UInt8] = [], trailing: [UInt8] = []
    ) throws -> OpenedCube {
        let geometry = cube.description.geometry
        let text = header(
            lines: geometry.lines, samples: geometry.samples, bands: geometry.bands,
            dataType: codes[cube.description.sampleType] ?? 0, interleave: interleave.rawValue,
            byteOrder: byteOrder == .bigEndian ? 1 : 0, offset: prefix.count)
        let samples = FileBytes.bytes(
            of: cube, axes: FileBytes.axes(of: interleave), byteOrder: byteOrder)
        try folder.write("cube.hdr", Array(text.utf8))
        try folder.write("cube.img", prefix + samples + trailing)
        let opener = CubeOpener(temporaryFolder: folder.path)
        return try opener.open(opener.fileSet(for: folder.file("cube.img")))
    }
}
