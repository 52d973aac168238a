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
    let archive: Archive
    let version: Int
    let base: BaseNetwork
    let now: @Sendable () -> Date

    /// An encoder against a version that is in the catalog.
    init(_ archive: Archive, version: Int, now: @escaping @Sendable () -> Date) throws {
        self.init(
            archive, network: try archive.baseNetwork(version), version: version, now: now)
    }

    /// An encoder against a network that need not be in the catalog.
    ///
    /// - Parameter version: what encodings are said to be for.
    init(
        _ archive: Archive, network: BaseNetwork, version: Int,
        now: @escaping @Sendable () -> Date
    ) {
        self.archive = archive
        self.version = version
        self.now = now
        base = network
    }

    /// The encoding of one cube, decoded from its final bytes and measured over every sample.
    func encode(
        _ cube: CubeRecord, stop: StopToken, progress: ProgressSink?
    ) throws -> NewEncoding {
        let started = ContinuousClock.now
        let exact = try archive.exactSource(of: cube)
        let coded = try code(exact, cube, stop, progress)
        let measurement = LatentMeasurement(
            exact: exact, description: cube.description, base: base)
        let bytes = try smoothed(coded.stream.bytes, measurement, stop)
        let encodeSeconds = (ContinuousClock.now - started).seconds
        let decoded = try LatentBitstream.decode(
            bytes, geometry: cube.description.geometry, network: base
        ).latent
        let quality = try measurement.qualities(
            of: [decoded], blocks: exact.header.blocks, stop: stop
        ) {
            let lineCount = cube.description.geometry.lines
            progress?(report("measuring", cube, $0.upperBound, lineCount))
        }[0]
        return NewEncoding(
            baseVersion: version, grid: base.levels[coded.level].latentGrid.description,
            latent: bytes, quality: quality,
            createdAt: now(), encodeSeconds: encodeSeconds)
    }

    /// The latent for the network or companion that is worth most, by trials of all of them; where
    /// a companion won on some of its cells, a second pass over the samples fits them all.
    private func code(
        _ exact: ExactCubeSource, _ cube: CubeRecord, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> Coded {
        let settings = archive.settings.encoding
        let levels = LevelEncoder(
            encoders: try base.levels.map {
                try FieldEncoder(
                    network: $0, effort: settings.parsedEffort(),
                    leastGainDecibels: settings.quantizationLossDecibels)
            },
            quantizer: LatentQuantizer(budgetDecibels: settings.quantizationLossDecibels),
            rule: EncodingRule(archive.settings.rotation),
            iterationCount: try settings.parsedEffort().tileIterationCount)
        func encode(_ wanted: [(level: Int, sampling: PixelSampling)]) throws -> [Coded] {
            let pixels = try exact.scenePixels(
                wanted.map(\.sampling), seed: cube.pixelSeed, stop: stop
            ) {
                progress?(report("encoding", cube, $0, $1))
            }
            return try zip(pixels, wanted).compactMap {
                try levels.encode($0, level: $1.level, $1.sampling, stop: stop)
            }
        }
        let whole = base.levels.map {
            PixelSampling(grid: $0.latentGrid, pixelBudget: settings.pixelBudget)
        }
        let usable = try base.levels.indices.filter { level in
            try level == 0
                || ScenePixelCollector.canKeep(
                    allCellsOf: whole[level].grid, over: cube.description,
                    pixelBudget: settings.pixelBudget)
        }
        let trials = try encode(
            usable.map {
                ($0, levels.trialSampling(ofLevel: $0, pixelBudget: settings.pixelBudget))
            })
        let best = levels.best(of: trials)
        guard !best.isWhole else { return best }
        return levels.best(
            of: trials.filter(\.isWhole) + (try encode([(best.level, whole[best.level])])))
    }

    private typealias Coded = LevelEncoder.Coded

    /// The stream, with the smoothing of seams that suits its latent and cube.
    private func smoothed(
        _ bytes: [UInt8], _ measurement: LatentMeasurement, _ stop: StopToken
    ) throws -> [UInt8] {
        let quantized = try LatentBitstream.decode(
            bytes, geometry: measurement.description.geometry, network: base)
        let trial = SeamTrial(
            measurement: measurement, rule: EncodingRule(archive.settings.rotation))
        let best = try trial.best(for: quantized, byteCount: bytes.count, stop: stop)
        guard let best else { return bytes }
        return LatentBitstream(encoding: quantized.with(best)).bytes
    }

    private func report(
        _ activity: String, _ cube: CubeRecord, _ done: Int, _ total: Int
    ) -> ProgressReport {
        ProgressReport(
            activity: activity, subject: cube.name, completedCount: done, totalCount: total,
            unit: "lines")
    }
}

extension BaseNetwork {
    /// Bands of a cube that this network decodes: those that vary and match one of its outputs.
    func decodedBands(of description: CubeDescription, _ latent: SceneLatent) -> Set<Int> {
        let mapping = BandMapping(of: description, onto: bandGrid)
        return Set(
            mapping.terms.indices.filter {
                mapping.terms[$0] != nil && latent.bandStates[$0] == .live
            })
    }
}

extension CubeRecord {
    /// Seed of the pixels that stand for this cube: the same at every encoding of it.
    var pixelSeed: UInt64 {
        id.bytes.prefix(8).reduce(0) { ($0 << 8) | UInt64($1) }
    }
}
