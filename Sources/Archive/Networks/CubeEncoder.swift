import Basics
import Catalog
import Cube
import CubeCodec
import Foundation
import MetaLearning

/// Encodes cubes against one base network and measures what the latent is worth.
///
/// Samples always come from the exact archive, never from another latent.
struct CubeEncoder {
    let writer: ArchiveWriter
    let version: Int
    let base: BaseNetwork

    /// An encoder against a version that is in the catalog.
    init(_ writer: ArchiveWriter, version: Int) throws {
        self.writer = writer
        self.version = version
        base = try writer.archive.baseNetwork(version)
    }

    /// The encoding of one cube, decoded from its final bytes and measured over every sample.
    func encode(
        _ cube: CubeRecord, stop: StopToken, progress: ProgressSink?
    ) throws -> EncodingRecord {
        let started = ContinuousClock.now
        let exact = try writer.archive.exactSource(of: cube)
        let pixels = try collect(exact, cube, stop, progress)
        let latent = try FieldEncoder(base: base).encode(pixels, stop: stop)
        let loss = writer.archive.settings.encoding.quantizationLossDecibels
        let bytes = try LatentBitstream.encode(
            LatentQuantizer(base: base, lossBudgetDecibels: loss).quantize(latent, pixels: pixels))
        let encodeSeconds = (ContinuousClock.now - started).seconds
        let decoded = try LatentBitstream.decode(bytes, base: base)
        let reconstruction = try FieldReconstruction(
            base: base, latent: decoded, description: cube.description)
        let quality = try measure(exact, reconstruction, pixels, cube, stop, progress)
        return EncodingRecord(
            cubeID: cube.id, baseVersion: version, latent: Data(bytes), quality: quality,
            createdAt: writer.now(), encodeSeconds: encodeSeconds)
    }

    private func collect(
        _ source: ExactCubeSource, _ cube: CubeRecord, _ stop: StopToken,
        _ progress: ProgressSink?
    ) throws -> ScenePixels {
        try ScenePixels.collect(
            from: source, grid: base.latentGrid, seed: cube.pixelSeed,
            pixelBudget: writer.archive.settings.encoding.pixelBudget, stop: stop
        ) { done, total in
            progress?(report("encoding", cube, done, total))
        }
    }

    private func measure(
        _ exact: ExactCubeSource, _ reconstruction: FieldReconstruction, _ pixels: ScenePixels,
        _ cube: CubeRecord, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> ReconstructionQuality {
        var meter = QualityMeter(
            nodataValue: cube.description.nodataValue, includedBands: reconstruction.fieldBands)
        for lines in exact.lineRanges(ofAtMost: Ingestor.blockByteCount) {
            try stop.check()
            meter.add(
                original: try exact.read(lines: lines),
                reconstruction: try reconstruction.read(lines: lines))
            progress?(report("measuring", cube, lines.upperBound, cube.description.geometry.lines))
        }
        return meter.quality
    }

    private func report(
        _ activity: String, _ cube: CubeRecord, _ done: Int, _ total: Int
    ) -> ProgressReport {
        ProgressReport(
            activity: activity, subject: cube.name, completedCount: done, totalCount: total,
            unit: "lines")
    }
}

extension CubeRecord {
    /// Seed of the pixels that stand for this cube: the same at every encoding of it.
    var pixelSeed: UInt64 {
        id.bytes.prefix(8).reduce(0) { ($0 << 8) | UInt64($1) }
    }
}
