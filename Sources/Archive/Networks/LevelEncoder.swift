import Basics
import CubeCodec
import MetaLearning

/// Fits and codes one cube's latent for a base network and its companions, and says which is worth
/// most.
///
/// A scene that the network was trained on is described by one latent; one that it has never seen
/// needs a latent for every tile. Which of both holds is not asked: all are tried, and the
/// archive's own rule for encodings (``EncodingRule``) weighs their errors against their bytes.
/// Companions are tried on some of their cells only, so that a trial costs the same whatever the
/// cube's size.
struct LevelEncoder {
    /// Cells on which a level is tried, and pixels of each.
    private static let triedCellCount = 64
    private static let triedCellPixelCount = 256

    /// Half powers of two by which the steps that price the bits of a search are coarser than the
    /// prior's.
    private static let exponents = [2, 4, 6, 8, 10, 12]

    /// One for each level of the network, in their order.
    let encoders: [FieldEncoder]
    let quantizer: LatentQuantizer
    let rule: EncodingRule
    /// Steps of each search for a companion's latents.
    let iterationCount: Int

    /// A latent as bytes, and its worth.
    struct Coded {
        /// For which network it is: ``BaseNetwork/levels``.
        let level: Int
        /// Whether all cells have a latent, not only those of a trial.
        let isWhole: Bool
        /// The stream, of the cells that have one.
        let stream: LatentBitstream
        /// The error over the sampled pixels, on samples scaled to 0...1, and the bytes that the
        /// whole cube takes; after a trial, what it would take if all cells were like those.
        let measure: EncodingRule.Measure
    }

    /// The pixels that a trial of a level wants.
    func trialSampling(ofLevel level: Int, pixelBudget: Int) -> PixelSampling {
        let grid = encoders[level].network.latentGrid
        return level == 0
            ? PixelSampling(grid: grid, pixelBudget: pixelBudget)
            : PixelSampling(
                grid: grid, pixelBudget: Self.triedCellCount * Self.triedCellPixelCount,
                cellLimit: Self.triedCellCount)
    }

    /// Fits and codes the latents of the cells that kept pixels; nil where a trial met none with a
    /// valid sample, so that it says nothing.
    ///
    /// - Throws: as ``FieldEncoder/encode(_:stop:)``, or ``CubeCodecError``.
    func encode(
        _ pixels: ScenePixels, level: Int, _ sampling: PixelSampling, stop: StopToken
    ) throws -> Coded? {
        guard !pixels.keptCells.isEmpty else { return nil }
        let encoder = encoders[level]
        var latent = try encoder.encode(pixels, stop: stop)
        latent.level = level
        let choice = try quantizer.choose(latent, prior: encoder.network.latentPrior) {
            try encoder.meanSquaredError(of: $0, on: pixels)
        }
        let first = try code(choice.quantized, error: choice.roundedLoss, pixels, sampling)
        guard level > 0, let prior = encoder.network.latentPrior else { return first }
        return try weighed(latent, prior, pixels, sampling, first, stop)
    }

    /// The best of latents that are searched for with dearer and dearer bits, each from the one
    /// before: of a scene that the network has not seen, the few steps of the inner loop find too
    /// little, and most values of most tiles are not worth their bits.
    private func weighed(
        _ start: SceneLatent, _ prior: LatentPrior, _ pixels: ScenePixels,
        _ sampling: PixelSampling, _ first: Coded, _ stop: StopToken
    ) throws -> Coded {
        let encoder = encoders[start.level]
        var (latent, candidates) = (start, [first])
        for exponent in Self.exponents {
            latent = try encoder.improve(
                latent, on: pixels, exponent: exponent, iterationCount: iterationCount, stop: stop)
            for steps in LatentSteps.priced(prior, exponent: exponent) {
                candidates.append(
                    try code(QuantizedLatent(latent, steps: steps), pixels, sampling))
            }
        }
        return best(of: candidates)
    }

    /// - Parameter error: of the quantised latent over the pixels, where it was measured already.
    private func code(
        _ quantized: QuantizedLatent, error: Double? = nil, _ pixels: ScenePixels,
        _ sampling: PixelSampling
    ) throws -> Coded {
        let level = quantized.latent.level
        let cellCount = pixels.cells.cellCount
        let isWhole = sampling.cellLimit.map { cellCount <= $0 } ?? true
        let tried = pixels.keptCells
        let stream = LatentBitstream(encoding: isWhole ? quantized : quantized.row(ofCells: tried))
        let codedByteCount =
            isWhole ? stream.codedByteCount : stream.codedByteCount * cellCount / tried.count
        let measured =
            try error
            ?? encoders[level].meanSquaredError(of: quantized.latent, on: pixels)
        return Coded(
            level: level, isWhole: isWhole, stream: stream,
            measure: EncodingRule.Measure(
                meanSquaredError: measured, validSampleCount: pixels.pixelCount,
                byteCount: stream.bytes.count - stream.codedByteCount + codedByteCount))
    }

    /// The one that is worth most; the first of equals.
    func best(of candidates: [Coded]) -> Coded {
        precondition(!candidates.isEmpty, "a cube that can be sampled has a latent")
        return candidates.dropFirst().reduce(candidates[0]) { best, next in
            rule.gain(from: best.measure, to: next.measure) > 0 ? next : best
        }
    }
}
