import Basics
import Catalog
import Cube
import CubeCodec
import BlobStore
import CubeFiles
import Foundation
import MetaLearning

/// One restore in progress.
struct RestoreJob {
    let archive: Archive
    let cube: CubeRecord
    let request: RestoreRequest
    let outputs: OutputFiles
    let stop: StopToken
    let progress: ProgressSink?

    /// Writes everything and reports it.
    func run() throws -> RestoreReport {
        let format = request.format ?? (canBeOriginal ? .original : .envi)
        if format == .original || (format == .envi && canBeOriginal && cube.format == "envi") {
            return try restoreOriginal(reportedAs: format)
        }
        return try restoreSamples(format)
    }

    /// Whether the source files can be rebuilt and nothing less was asked for.
    private var canBeOriginal: Bool {
        request.isWhole && request.source != .latent
            && cube.sourceFiles.allSatisfy { $0.storage != .notKept }
    }

    // MARK: - Source files

    private func restoreOriginal(reportedAs format: RestoreRequest.Format) throws -> RestoreReport {
        guard canBeOriginal else { throw whyNotOriginal }
        let paths = OutputNames(output: request.output).paths(
            for: cube.sourceFiles.map(\.fileName))
        for (file, path) in zip(cube.sourceFiles, paths) {
            try rebuild(file, at: outputs.add(path))
        }
        return try finish(
            format: format, source: "original", geometry: cube.description.geometry,
            digests: cube.sourceFiles.map(\.sha256))
    }

    private var whyNotOriginal: ArchiveError {
        let reason =
            if !request.isWhole {
                "the original is the whole cube; leave out --window, --bands and --wavelengths"
            } else if request.source == .latent {
                "the original cannot come from a latent"
            } else {
                "its source files were not kept (fidelity \(cube.fidelity)); "
                    + "restore it as envi, npy or gtiff"
            }
        return .notAvailable(cube: cube.name, reason: reason)
    }

    private func rebuild(_ file: SourceFileRecord, at path: String) throws {
        switch file.storage {
        case .blob(let name): try copy(name, to: path)
        case .samples(let layout, let prefix, let trailing):
            let layout = try JSONCoding.decoder.decode(
                ENVIBinaryLayout.self, from: Data(layout.utf8))
            let writer = try ENVIBinaryWriter(
                creating: path, description: cube.description, layout: layout,
                prefixBytes: bytes(of: prefix), trailingBytes: bytes(of: trailing))
            try stream(archive.exactSource(of: cube)) { try writer.write($0) }
            try writer.finish()
        case .notKept: preconditionFailure("checked before")
        }
    }

    private func copy(_ name: SHA256Digest, to path: String) throws {
        let blob = try archive.blobs.open(name)
        let file = try RandomAccessFile(creating: path)
        var offset = 0
        for index in 0..<blob.chunkCount {
            try stop.check()
            let chunk = try blob.chunk(index)
            try chunk.withUnsafeBytes { try file.write($0, at: offset) }
            offset += chunk.count
        }
    }

    private func bytes(of name: SHA256Digest?) throws -> [UInt8] {
        guard let name else { return [] }
        let blob = try archive.blobs.open(name)
        return try (0..<blob.chunkCount).flatMap { try blob.chunk($0) }
    }

    // MARK: - Samples

    private func restoreSamples(_ format: RestoreRequest.Format) throws -> RestoreReport {
        let samples = try archive.samples(
            of: cube, from: request.source, wavelengths: request.wavelengthsNanometers)
        let window = request.window ?? CubeWindow(whole: cube.description.geometry)
        let bands = request.bandIndices ?? samples.bandIndices
        let description = try samples.source.description.cropped(to: window, bandIndices: bands)
        let sink = try CubeSink(
            format, name: cube.name, description: description,
            names: OutputNames(output: request.output), outputs: outputs)
        try stream(samples.source, window: window, bandIndices: bands) {
            try sink.write($0.rebased(to: window))
        }
        try sink.finish()
        var report = try finish(
            format: format, source: samples.isExact ? "exact" : "latent",
            geometry: description.geometry, digests: nil)
        report.maximumAbsoluteError = samples.isExact ? cube.maximumAbsoluteError : nil
        report.psnrDecibels = samples.encoding?.quality.psnrDecibels
        report.baseVersion = samples.encoding?.baseVersion
        report.wavelengthsNanometers = samples.wavelengthsNanometers
        return report
    }

    private func stream(_ source: any CubeSource, to write: (SampleBlock) throws -> Void) throws {
        let geometry = source.description.geometry
        try stream(
            source, window: CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands),
            to: write)
    }

    private func stream(
        _ source: any CubeSource, window: CubeWindow, bandIndices: [Int],
        to write: (SampleBlock) throws -> Void
    ) throws {
        let lineByteCount =
            window.samples.count * bandIndices.count * source.description.sampleType.byteCount
        let step = max(1, Ingestor.blockByteCount / lineByteCount)
        for first in stride(from: window.lines.lowerBound, to: window.lines.upperBound, by: step) {
            try stop.check()
            let lines = first..<min(first + step, window.lines.upperBound)
            try write(
                source.read(
                    CubeWindow(lines: lines, samples: window.samples), bandIndices: bandIndices))
            progress?(
                ProgressReport(
                    activity: "restoring", subject: cube.name,
                    completedCount: lines.upperBound - window.lines.lowerBound,
                    totalCount: window.lines.count, unit: "lines"))
        }
    }

    // MARK: - The end

    /// Names the files and takes their digests; source files must have the source's.
    private func finish(
        format: RestoreRequest.Format, source: String, geometry: CubeGeometry,
        digests: [SHA256Digest]?
    ) throws -> RestoreReport {
        var files: [RestoreReport.File] = []
        for (index, path) in outputs.temporaries.enumerated() {
            let digest = try SHA256Hasher.digest(ofFile: path, stop: stop)
            let byteCount = try RandomAccessFile(readingFrom: path).byteCount()
            if let expected = digests?[index], expected != digest {
                throw ArchiveError.damaged(
                    what: "the restored \(cube.sourceFiles[index].fileName) of \(cube.name)",
                    reason: "its SHA-256 is \(digest), and the source's was \(expected)")
            }
            files.append(
                RestoreReport.File(
                    path: path, byteCount: byteCount, sha256: digest,
                    equalsSource: digests == nil ? nil : true))
        }
        for (index, path) in try outputs.commit().enumerated() { files[index].path = path }
        return RestoreReport(
            id: cube.id, name: cube.name, source: source, format: format, geometry: geometry,
            files: files, maximumAbsoluteError: 0, psnrDecibels: nil, baseVersion: nil, seconds: 0)
    }
}
