import ContainerFormats
import Cube

/// Writes a cube as a GeoTIFF through cubevault-gdal: band-sequential, uncompressed, BigTIFF where
/// it might pass 4 GB, with wavelengths, band names, nodata value and georeference.
///
/// The caller writes to a temporary name and renames. Safe to call from several threads; blocks may
/// come in any order.
public final class GeoTIFFWriter: Sendable {
    /// What the file cannot express, such as a coordinate system that GDAL does not understand.
    public let warnings: [String]
    private let description: CubeDescription
    private let session: HelperSession
    private let helper: GDALHelper

    /// Creates the file; an existing one is replaced.
    ///
    /// - Throws: ``ContainerError``.
    public init(path: String, description: CubeDescription, helper: GDALHelper) throws {
        self.helper = helper
        self.description = description
        session = try HelperSession(helper, path: path)
        let reply = try session.ask(
            .create(path: AbsolutePath.of(path), description: description))
        guard case .done(let warnings) = reply else { throw session.unexpected(helper) }
        self.warnings = warnings
    }

    /// Writes a block of the cube's own sample type.
    ///
    /// - Throws: `CubeError` where the block lies outside the cube; ``ContainerError``.
    public func write(_ block: SampleBlock) throws {
        precondition(
            block.sampleType == description.sampleType, "a block has its cube's sample type")
        try block.window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: block.bandIndices)
        let pieces = HelperPiece.covering(
            block.window, bandCount: block.bandCount,
            sampleByteCount: description.sampleType.byteCount)
        for piece in pieces {
            let bandIndices = Array(block.bandIndices[piece.bands])
            try send(block.cropped(to: piece.window, bandIndices: bandIndices))
        }
    }

    /// Completes the file and closes it.
    ///
    /// - Throws: ``ContainerError`` where the last samples cannot be written, as on a full disk.
    public func finish() throws {
        guard case .done = try session.ask(.finish) else { throw session.unexpected(helper) }
    }

    private func send(_ block: SampleBlock) throws {
        let request = HelperRequest.write(
            window: block.window, bandIndices: block.bandIndices, byteCount: block.bytes.count)
        let reply = try block.bytes.withUnsafeBytes { raw in
            try session.ask(request, raw: raw)
        }
        guard case .done = reply else { throw session.unexpected(helper) }
    }
}
