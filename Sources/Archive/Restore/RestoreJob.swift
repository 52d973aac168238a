import Basics
import Catalog
import Cube
import CubeCodec
import BlobStore
import CubeFiles
import Foundation
import MetaLearning

/// One restore in progress.
final class RestoreJob {
    let archive: Archive
    let cube: CubeRecord
    let request: RestoreRequest
    let outputs: OutputFiles
    let stop: StopToken
    let progress: ProgressSink?
    /// What damaged blocks took with them, so far.
    private var lostRegions: Set<LostRegion> = []

    init(
        archive: Archive, cube: CubeRecord, request: RestoreRequest, outputs: OutputFiles,
        stop: StopToken, progress: ProgressSink?
    ) {
        self.archive = archive
        self.cube = cube
        self.request = request
        self.outputs = outputs
        self.stop = stop
        self.progress = progress
    }

    /// Writes everything and reports it.
    ///
    /// What was kept of a source file beside the samples may be damaged too. Who salvages takes the
    /// samples as ENVI then.
    func run() throws -> RestoreReport {
        do { return try run(as: request.format ?? (canBeOriginal ? .original : .envi)) } catch let
            error as any CubevaultError
            where error.exitStatus == .damaged && request.salvages && request.format == nil
            && canBeOriginal
        {
            outputs.discard()
            lostRegions = []
            return try restoreSamples(.envi)
        }
    }

    private func run(as format: RestoreRequest.Format) throws -> RestoreReport {
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
            try stream(archive.exactSource(of: cube, salvages: request.salvages)) {
                try writer.write($0)
            }
            try writer.finish()
        case .notKept: preconditionFailure("checked before")
        }
    }

    private func copy(_ name: SHA256Digest, to path: String) throws {
        let file = try RandomAccessFile(creating: path)
        var offset = 0
        try archive.provedContent(of: name) { chunk in
            try stop.check()
            try chunk.withUnsafeBytes { try file.write($0, at: offset) }
            offset += chunk.count
        }
    }

    private func bytes(of name: SHA256Digest?) throws -> [UInt8] {
        guard let name else { return [] }
        var bytes: [UInt8] = []
        try archive.provedContent(of: name) { bytes += $0 }
        return bytes
    }

    // MARK: - Samples

    private func restoreSamples(_ format: RestoreRequest.Format) throws -> RestoreReport {
        let samples = try archive.samples(
            of: cube, from: request.source, wavelengths: request.wavelengthsNanometers,
            salvages: request.salvages)
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

    /// Reads a window in order: the exact samples block by block, on all processors.
    private func stream(
        _ source: any CubeSource, window: CubeWindow, bandIndices: [Int],
        to write: (SampleBlock) throws -> Void
    ) throws {
        if let exact = source as? ExactCubeSource {
            let note = { (region: LostRegion) in _ = self.lostRegions.insert(region) }
            try exact.readBlocks(
                window, bandIndices: bandIndices, stop: stop,
                onLoss: request.salvages ? note : nil
            ) { block in
                try write(block)
                report(block, window)
            }
            return
        }
        let lineByteCount =
            window.samples.count * bandIndices.count * source.description.sampleType.byteCount
        let step = max(1, Ingestor.blockByteCount / lineByteCount)
        for first in stride(from: window.lines.lowerBound, to: window.lines.upperBound, by: step) {
            try stop.check()
            let lines = first..<min(first + step, window.lines.upperBound)
            let block = try source.read(
                CubeWindow(lines: lines, samples: window.samples), bandIndices: bandIndices)
            try write(block)
            report(block, window)
        }
    }

    private func report(_ block: SampleBlock, _ window: CubeWindow) {
        progress?(
            ProgressReport(
                activity: "restoring", subject: cube.name,
                completedCount: block.window.lines.upperBound - window.lines.lowerBound,
                totalCount: window.lines.count, unit: "lines"))
    }

    // MARK: - The end

    /// Names the files and takes their digests; source files must have the source's, unless
    /// samples of them are known to be lost.
    private func finish(
        format: RestoreRequest.Format, source: String, geometry: CubeGeometry,
        digests: [SHA256Digest]?
    ) throws -> RestoreReport {
        let cubeFileCount = outputs.temporaries.count
        let lost = lostRegions.sorted { $0.firstLine < $1.firstLine }
        try writeMask(of: lost, format)
        var files = try outputs.temporaries.enumerated().map { index, path in
            try file(path, index, index < cubeFileCount ? digests : nil, mayDiffer: !lost.isEmpty)
        }
        for (index, path) in try outputs.commit().enumerated() { files[index].path = path }
        let masks = Array(files.dropFirst(cubeFileCount))
        return RestoreReport(
            id: cube.id, name: cube.name, source: source, format: format, geometry: geometry,
            files: Array(files.prefix(cubeFileCount)), maximumAbsoluteError: 0, psnrDecibels: nil,
            baseVersion: nil, lostRegions: lost.isEmpty ? nil : lost,
            maskFiles: masks.isEmpty ? nil : masks, seconds: 0)
    }

    private func file(
        _ path: String, _ index: Int, _ digests: [SHA256Digest]?, mayDiffer: Bool
    ) throws -> RestoreReport.File {
        let digest = try SHA256Hasher.digest(ofFile: path, stop: stop)
        let equalsSource = digests.map { $0[index] == digest }
        if equalsSource == false, !mayDiffer, let digests {
            throw ArchiveError.damaged(
                what: "the restored \(cube.sourceFiles[index].fileName) of \(cube.name)",
                reason: "its SHA-256 is \(digest), and the source's was \(digests[index])")
        }
        return RestoreReport.File(
            path: path, byteCount: try RandomAccessFile(readingFrom: path).byteCount(),
            sha256: digest, equalsSource: equalsSource)
    }

    /// Marks what is lost in a cube of one band beside the files written so far.
    private func writeMask(of lost: [LostRegion], _ format: RestoreRequest.Format) throws {
        guard let path = outputs.targets.first(where: { !$0.lowercased().hasSuffix(".hdr") }),
            !lost.isEmpty
        else { return }
        let geometry = cube.description.geometry
        let mask = try LossMask(
            window: request.window ?? CubeWindow(whole: geometry), regions: lost,
            of: cube.description)
        let name = (path as NSString).deletingPathExtension + "-lost"
        let form = format == .original ? .envi : format
        let suffix = form == .envi ? "img" : (path as NSString).pathExtension
        let sink = try CubeSink(
            form, name: name, description: mask.description,
            names: OutputNames(output: name + "." + suffix), outputs: outputs)
        try mask.write(to: sink)
        try sink.finish()
    }
}
