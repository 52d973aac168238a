import Basics
import Cube
import Foundation
import MetaLearning
import NeuralField

/// Fits latents in a whitened basis with a price on their bits.
///
/// With a step s, rounding adds s^2 / 12 to the error for each value, and a value z of variance v
/// costs z^2 / (2 v ln 2) bits under a Gaussian law; at the slope that both share, a tile's cost is
/// its mean squared error + s^2 / 12 x sum of z^2 / v. Values that a scene does not need then stay
/// near 0, where they cost next to nothing, instead of following noise.
final class TileSearch: @unchecked Sendable {
    private let network: BaseNetwork
    /// [latent] variances of the training tiles' values.
    private let variances: [Float]
    private let pixels: ScenePixels
    private let field: PackedField
    private let output: PackedOutput
    /// Positions in the live bands of those that the network knows.
    private let columns: [Int]
    /// [cells][latent]: where the next search starts.
    private var latents: [[Float]]

    /// Prepares a search over one scene, which starts at 0.
    init(_ network: BaseNetwork, variances: [Double], pixels: ScenePixels) {
        self.network = network
        self.variances = variances.map { Float(max($0, variances[0] * 1e-6)) }
        self.pixels = pixels
        let mapping = BandMapping(of: pixels.description, onto: network.bandGrid)
        columns = pixels.liveBandIndices.indices.filter {
            mapping.terms[pixels.liveBandIndices[$0]] != nil
        }
        let map = mapping.outputMap(ofBands: columns.map { pixels.liveBandIndices[$0] })
        field = PackedField(network.parameters, forGradients: true)
        output = PackedOutput(network.parameters, map: map, forGradients: true)
        latents = pixels.pixelRanges.map { _ in [Float](repeating: 0, count: variances.count) }
    }

    /// Goes on from the last search, for another step of the quantiser.
    func encode(step: Float, iterationCount: Int) -> SceneLatent {
        let price = step * step / 12
        let results = SearchResults(latents)
        Workers.run(latents.count, threadCount: 2) { cell, _ in
            let range = pixels.pixelRanges[cell]
            guard !range.isEmpty else { return }
            let batch = FieldBatch(pixelCapacity: range.count, bandCount: columns.count)
            batch.gather(
                range, coordinates: pixels.coordinates, values: pixels.values, columns: columns,
                valueBandCount: pixels.liveBandIndices.count)
            results.latents[cell] = descend(
                from: results.latents[cell], batch, price: price, iterationCount: iterationCount)
        }
        latents = Array(results.latents)
        return SceneLatent(
            rows: pixels.cells.rows, columns: pixels.cells.columns,
            latentCount: variances.count, values: latents.flatMap(\.self),
            scaling: pixels.scaling, bandStates: pixels.bandStates)
    }

    /// Descent with the inverse of the expected curvature, 2 (1 + price / variance), as its metric.
    private func descend(
        from start: [Float], _ batch: FieldBatch, price: Float, iterationCount: Int
    ) -> [Float] {
        let engine = FieldGradientEngine(network.architecture, bandCapacity: columns.count)
        func cost(_ latent: [Float], _ error: Double) -> Double {
            error
                + zip(latent, variances).reduce(0) { $0 + Double(price * $1.0 * $1.0 / $1.1) }
        }
        var (latent, best, length) = (start, Double.infinity, Float(1))
        var gradient = [Float](repeating: 0, count: latent.count)
        var candidate = start
        for _ in 0..<iterationCount {
            let (loss, slope) = engine.latentGradient(
                field: field, output: output, latent: candidate, batch: batch)
            let found = cost(candidate, loss.meanSquaredError)
            if found < best {
                (latent, best, length) = (candidate, found, min(2, length * 1.3))
                gradient = slope
            } else {
                length *= 0.4
            }
            candidate = latent.indices.map { index in
                let ratio = price / variances[index]
                let whole = gradient[index] + 2 * ratio * latent[index]
                return latent[index] - length * whole / (2 * (1 + ratio))
            }
        }
        return latent
    }
}

/// Results of parallel work on cells, each written by one job.
private final class SearchResults: @unchecked Sendable {
    nonisolated(unsafe) let latents: UnsafeMutableBufferPointer<[Float]>

    init(_ values: [[Float]]) {
        latents = .allocate(capacity: values.count)
        _ = latents.initialize(fromContentsOf: values)
    }

    deinit {
        latents.deinitialize()
        latents.deallocate()
    }
}
