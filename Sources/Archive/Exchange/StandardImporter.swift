import Basics
import Cube
import CubeCodec
import CubeFiles
import Foundation

/// Turns streams of CCSDS 123.0-B-2, whoever wrote them, into cube files that everything reads.
public struct StandardImporter: Sendable {
    /// What is written; nil for the stream's name in the current folder.
    public var output: String?
    /// The form of what is written: `envi`, `npy` or `gtiff`.
    public var format = RestoreRequest.Format.envi
    /// An ENVI header whose wavelengths, sensor, place and nodata value the cube takes over; nil
    /// for none.
    public var headerPath: String?
    /// Whether existing files may be replaced.
    public var replaces = false

    /// An importer that writes ENVI files named after the stream.
    public init() {}

    /// Decodes a stream into files.
    ///
    /// - Throws: ``CubeCodecError`` where it cannot be decoded,
    ///   ``ArchiveError/badArgument(reason:)`` where the header is of another cube, and what
    ///   reading and writing throw; no file is left half-written.
    public func importStream(
        _ path: String, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> StandardImportReport {
        precondition(format != .original, "a stream has no source files")
        let started = ContinuousClock.now
        let file = try RandomAccessFile(readingFrom: path)
        let decoded = try StandardCube(
            decoding: file.bytes(at: 0, byteCount: file.byteCount()), stop: stop,
            progress: progress)
        let description = try described(decoded.cube.description)
        let outputs = OutputFiles(replaces: replaces)
        do {
            let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
            let sink = try CubeSink(
                format, name: name, description: description,
                names: OutputNames(output: output), outputs: outputs)
            try sink.write(decoded.cube.block)
            try sink.finish()
            return StandardImportReport(
                path: path, geometry: description.geometry, sampleType: description.sampleType,
                bitDepth: decoded.bitDepth, isLossless: decoded.isLossless,
                files: try outputs.commit(), seconds: (ContinuousClock.now - started).seconds)
        } catch {
            outputs.discard()
            throw error
        }
    }

    /// The stream's own description, with what the header says of such a cube.
    private func described(_ cube: CubeDescription) throws -> CubeDescription {
        guard let headerPath else { return cube }
        let header = try ENVIImage(ENVIHeader(readingFrom: headerPath)).description
        guard header.geometry == cube.geometry else {
            throw ArchiveError.badArgument(
                reason: "\(headerPath) describes \(header.geometry), and the stream holds "
                    + "\(cube.geometry)")
        }
        return CubeDescription(
            geometry: cube.geometry, sampleType: cube.sampleType, bands: header.bands,
            nodataValue: header.nodataValue, sensor: header.sensor,
            acquisitionTime: header.acquisitionTime, text: header.text,
            georeference: header.georeference)
    }
}
