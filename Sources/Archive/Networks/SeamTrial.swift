import Basics
import Catalog
import Cube
import CubeCodec
import MetaLearning

/// Chooses how the seams between a latent's cells are smoothed, by the error on samples of a cube
/// as it is kept.
///
/// All levels are measured, on few enough blocks that a large cube takes no longer than a middling
/// one; neighbouring cells have to be decoded, so this cannot be done on the encoder's scattered
/// pixels.
struct SeamTrial {
    /// Blocks that are looked at, spread evenly over the cube.
    private static let blockCount = 8
    /// The byte of a level, and that of the network's, which streams without smoothing leave out
    /// where it is 0.
    private static let byteCount = 2

    let exact: ExactCubeSource
    let description: CubeDescription
    let base: BaseNetwork
    let rule: EncodingRule

    /// The latent with the smoothing that is worth most by the archive's rule: often none, where
    /// there is one cell or where cells are described well.
    ///
    /// - Parameter byteCount: of the stream without smoothing.
    /// - Throws: what reading the samples and decoding throw.
    func improve(
        _ quantized: QuantizedLatent, byteCount: Int, stop: StopToken
    ) throws -> QuantizedLatent {
        let candidates = try candidates(for: quantized)
        guard !candidates.isEmpty else { return quantized }
        let qualities = try qualities(of: quantized.latent, [nil] + candidates, stop)
        let measures = qualities.enumerated().map { index, quality in
            EncodingRule.Measure(
                quality, byteCount: byteCount + (index == 0 ? 0 : Self.byteCount))
        }
        let best = measures.indices.dropFirst().reduce(0) { best, next in
            rule.gain(from: measures[best], to: measures[next]) > 0 ? next : best
        }
        return best == 0 ? quantized : quantized.with(candidates[best - 1])
    }

    private func candidates(for quantized: QuantizedLatent) throws -> [Deblocking] {
        guard quantized.latent.cellCount > 1, case .prior = quantized.steps else { return [] }
        let grid = try base.network(of: quantized.latent).latentGrid
        let cell = try LatentCells(grid, over: description.geometry).window(ofCellAt: 0)
        return Deblocking.candidates(forCellsOf: cell.lines.count, by: cell.samples.count)
    }

    /// The quality at each level over the blocks that are looked at.
    private func qualities(
        of latent: SceneLatent, _ levels: [Deblocking?], _ stop: StopToken
    ) throws -> [ReconstructionQuality] {
        let count = min(Self.blockCount, exact.header.blocks.count)
        let meter = QualityMeter(
            nodataValue: description.nodataValue,
            includedBands: try base.network(of: latent).decodedBands(of: description, latent))
        let reconstructions = try levels.map { level in
            var latent = latent
            latent.deblocking = level
            return try FieldReconstruction(
                network: base, latent: latent, description: description,
                threadCount: count > 1 ? 1 : OrderedWork.processorCount)
        }
        var sums = [QualityMeter](repeating: meter, count: levels.count)
        try OrderedWork.run(
            count: count, threadCount: OrderedWork.processorCount, stop: stop
        ) { index in
            let lines = exact.header.blocks[index * exact.header.blocks.count / count]
            let original = try exact.read(lines: lines)
            return try reconstructions.map { reconstruction in
                var meter = meter
                meter.add(original: original, reconstruction: try reconstruction.read(lines: lines))
                return meter
            }
        } handOn: { _, meters in
            for (index, meter) in meters.enumerated() { sums[index].add(meter) }
        }
        return sums.map(\.quality)
    }
}
