import Basics
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

    let measurement: LatentMeasurement
    let rule: EncodingRule

    /// The smoothing that is worth most by the archive's rule; nil for none, as where there is one
    /// cell or cells are described well.
    ///
    /// - Parameter byteCount: of the stream without smoothing.
    /// - Throws: what reading the samples and decoding throw.
    func best(
        for quantized: QuantizedLatent, byteCount: Int, stop: StopToken
    ) throws -> Deblocking? {
        let candidates = try candidates(for: quantized)
        guard !candidates.isEmpty else { return nil }
        let levels = [nil] + candidates
        let blocks = measurement.exact.header.blocks
        let count = min(Self.blockCount, blocks.count)
        let qualities = try measurement.qualities(
            of: levels.map { quantized.with($0).latent },
            blocks: (0..<count).map { blocks[$0 * blocks.count / count] }, stop: stop)
        let measures = zip(levels, qualities).map { level, quality in
            EncodingRule.Measure(
                quality, byteCount: byteCount + (level == nil ? 0 : Self.byteCount))
        }
        let best = measures.indices.dropFirst().reduce(0) { best, next in
            rule.gain(from: measures[best], to: measures[next]) > 0 ? next : best
        }
        return levels[best]
    }

    private func candidates(for quantized: QuantizedLatent) throws -> [Deblocking] {
        guard case .prior = quantized.steps else { return [] }
        let grid = try measurement.base.network(of: quantized.latent).latentGrid
        let geometry = measurement.description.geometry
        return Deblocking.candidates(for: try LatentCells(grid, over: geometry))
    }
}
