import Basics
import Catalog
import Cube
import CubeCodec

/// Writes cubes as streams of CCSDS 123.0-B-2 that other programs read.
///
/// A stream of the standard is one piece, so the exported part is held in memory whole: about 16
/// bytes per sample.
public struct StandardExporter: Sendable {
    private let archive: Archive

    /// An exporter of one archive.
    public init(_ archive: Archive) { self.archive = archive }

    /// Writes the exact samples of a cube or of a part of it.
    ///
    /// - Throws: ``ArchiveError/notAvailable(cube:reason:)`` where the exact samples were given up,
    ///   ``CubeCodecError`` where the standard cannot hold them, and what reading and writing
    ///   throw; no file is left half-written.
    public func export(
        _ id: SHA256Digest, _ request: StandardExportRequest, stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> StandardExportReport {
        let started = ContinuousClock.now
        let cube = try archive.catalog.cube(id)
        let outputs = OutputFiles(replaces: request.replaces)
        let path = try outputs.add(request.path)
        let source = try archive.exactSource(of: cube)
        let window = request.window ?? CubeWindow(whole: cube.description.geometry)
        let bands = request.bandIndices ?? Array(0..<cube.description.geometry.bands)
        let description = try cube.description.cropped(to: window, bandIndices: bands)
        do {
            let stream = try StandardStream(
                encoding: source.read(window, bandIndices: bands), bands: description.bands,
                options: request.options, stop: stop, progress: progress)
            let file = try RandomAccessFile(creating: path)
            try stream.bytes.withUnsafeBytes { try file.write($0, at: 0) }
            let names = try outputs.commit()
            return StandardExportReport(
                id: id, name: cube.name, path: names[0], geometry: description.geometry,
                bitDepth: stream.bitDepth, isSigned: stream.isSigned,
                order: request.options.order, coder: request.options.coder,
                byteCount: stream.bytes.count,
                bitsPerSample: Double(stream.bytes.count) * 8
                    / Double(description.geometry.sampleCount),
                maximumAbsoluteError: stream.maximumAbsoluteError,
                archivedMaximumAbsoluteError: cube.maximumAbsoluteError,
                trialCount: stream.trialCount,
                sha256: SHA256Hasher.digest(of: stream.bytes),
                seconds: (ContinuousClock.now - started).seconds)
        } catch {
            outputs.discard()
            throw error
        }
    }
}
