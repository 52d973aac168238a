import Basics
import Cube
import Foundation
import MetaLearning
import NeuralField

/// Trains a base network as an auto-decoder: every tile keeps its latent, which moves by its own
/// Adam beside the shared parameters. The tiles of unseen scenes are then fitted to convergence,
/// and no step is spent on adapting from zero.
final class TileTrainer {
    /// One tile of the training scenes.
    private final class Tile: @unchecked Sendable {
        let output: PackedOutput
        let batch: FieldBatch
        /// [latent] value, and Adam's two means.
        var latent: [Float]
        var mean: [Float]
        var square: [Float]
        var stepCount: Float = 0

        init(output: PackedOutput, batch: FieldBatch, latentCount: Int) {
            self.output = output
            self.batch = batch
            latent = [Float](repeating: 0, count: latentCount)
            mean = latent
            square = latent
        }

        func noisy(_ width: Float, _ generator: inout SeededGenerator) -> [Float] {
            latent.map { $0 + width * (Float(generator.next() >> 40) / 16_777_216 - 0.5) }
        }

        func step(_ gradient: [Float], rate: Float, noise: Float, bitPrice: Float) {
            stepCount += 1
            let (first, second) = (1 - pow(0.9, stepCount), 1 - pow(0.99, stepCount))
            for index in latent.indices {
                // d/dphi of bitPrice x log2(1 + (phi / noise)^2) / 2
                let value = latent[index]
                let slope =
                    gradient[index] + bitPrice * 1.4427 * value / (noise * noise + value * value)
                mean[index] += 0.1 * (slope - mean[index])
                square[index] += 0.01 * (slope * slope - square[index])
                latent[index] -=
                    rate * (mean[index] / first) / ((square[index] / second).squareRoot() + 1e-8)
            }
        }
    }

    /// One place of a batch.
    private final class Slot: @unchecked Sendable {
        let engine: FieldGradientEngine
        /// [parameters]
        var gradient: [Float]

        init(_ architecture: FieldArchitecture, bandCapacity: Int) {
            engine = FieldGradientEngine(architecture, bandCapacity: bandCapacity)
            gradient = [Float](repeating: 0, count: architecture.parameterCount)
        }
    }

    private let start: BaseNetwork
    private let tiles: [Tile]
    private let slots: [Slot]
    private let threadCount: Int
    private let rate: Float
    private let latentRate: Float
    private let noise: Float
    private let bitPrice: Float

    /// Prepares a training that goes on from `start`.
    init(
        _ start: BaseNetwork, scenes: [ScenePixels], batchCount: Int, rate: Float,
        latentRate: Float, noise: Float, bitPrice: Float, threadCount: Int
    ) {
        self.start = start
        self.rate = rate
        self.latentRate = latentRate
        self.noise = noise
        self.bitPrice = bitPrice
        self.threadCount = threadCount
        tiles = scenes.flatMap { scene in
            let mapping = BandMapping(of: scene.description, onto: start.bandGrid)
            let columns = scene.liveBandIndices.indices.filter {
                mapping.terms[scene.liveBandIndices[$0]] != nil
            }
            let map = mapping.outputMap(ofBands: columns.map { scene.liveBandIndices[$0] })
            let output = PackedOutput(start.parameters, map: map, forGradients: true)
            return scene.pixelRanges.filter { !$0.isEmpty }.map { range in
                let batch = FieldBatch(pixelCapacity: range.count, bandCount: columns.count)
                batch.gather(
                    range, coordinates: scene.coordinates, values: scene.values, columns: columns,
                    valueBandCount: scene.liveBandIndices.count)
                return Tile(
                    output: output, batch: batch, latentCount: start.architecture.latentCount)
            }
        }
        let bandCapacity = tiles.map(\.batch.bandCount).max() ?? 1
        slots = (0..<batchCount).map { _ in
            Slot(start.architecture, bandCapacity: bandCapacity)
        }
    }

    /// Trains for a time.
    func run(seconds: Double, iterationLimit: Int, seed: UInt64) throws -> (
        network: BaseNetwork, iterationCount: Int
    ) {
        var parameters = start.parameters.values
        var moments = OptimizerMoments(parameterCount: parameters.count)
        let optimizer = FieldOptimizer(start.architecture, threadCount: threadCount)
        let field = PackedField(start.parameters, forGradients: true)
        var generator = SeededGenerator(seed: seed)
        var queue: [Tile] = []
        var iteration = 0
        let began = ContinuousClock.now
        while true {
            let fraction = max(
                (ContinuousClock.now - began) / .seconds(seconds),
                Double(iteration) / Double(iterationLimit))
            guard fraction < 1 else { break }
            let fall = Float(0.5 * (1 + cos(Double.pi * fraction)))
            let share = fall * min(1, Float(iteration + 1) / 100)
            if queue.count < slots.count { queue += tiles.shuffled(using: &generator) }
            let chosen = Array(queue.suffix(slots.count))
            queue.removeLast(slots.count)
            load(parameters, field, chosen)
            let gradient = gradient(
                field, chosen, latentRate: latentRate * share, seed: generator.next())
            optimizer.step(&parameters, &moments, gradient: gradient, rate: rate * share)
            iteration += 1
        }
        let network = try BaseNetwork(
            parameters: FieldParameters(architecture: start.architecture, values: parameters),
            bandGrid: start.bandGrid, latentGrid: start.latentGrid, inner: start.inner)
        return (network, iteration)
    }

    /// The latents of the tiles for parameters that stay: [tiles][latent], fitted by the same steps.
    func fit(_ network: BaseNetwork, stepCount: Int) -> [[Float]] {
        let field = PackedField(network.parameters, forGradients: true)
        for tile in tiles { tile.output.load(network.parameters.values) }
        let (tiles, slots, rate, noise, price) = (tiles, slots, latentRate, noise, bitPrice)
        Workers.run(tiles.count, threadCount: min(threadCount, slots.count)) { index, worker in
            let tile = tiles[index]
            var generator = SeededGenerator(seed: UInt64(index))
            for step in 0..<stepCount {
                let fraction = Float(step) / Float(stepCount)
                let latent = tile.noisy(noise, &generator)
                let (_, slope) = slots[worker].engine.latentGradient(
                    field: field, output: tile.output, latent: latent, batch: tile.batch)
                tile.step(
                    slope, rate: rate * (1 - fraction), noise: noise, bitPrice: price)
            }
        }
        return tiles.map(\.latent)
    }

    private func load(_ parameters: [Float], _ field: PackedField, _ chosen: [Tile]) {
        field.load(parameters)
        var loaded: [PackedOutput] = []
        for tile in chosen where !loaded.contains(where: { $0 === tile.output }) {
            tile.output.load(parameters)
            loaded.append(tile.output)
        }
    }

    /// The mean gradient of the chosen tiles, whose latents take a step.
    private func gradient(
        _ field: PackedField, _ chosen: [Tile], latentRate: Float, seed: UInt64
    ) -> [Float] {
        let (slots, noise, bitPrice) = (slots, noise, bitPrice)
        Workers.run(chosen.count, threadCount: threadCount) { index, _ in
            let (tile, slot) = (chosen[index], slots[index])
            for position in slot.gradient.indices { slot.gradient[position] = 0 }
            var generator = SeededGenerator(seed: seed &+ UInt64(index))
            let latent = tile.noisy(noise, &generator)
            let (_, slope) = slot.engine.parameterGradient(
                field: field, output: tile.output, latent: latent, batch: tile.batch,
                addingTo: &slot.gradient)
            tile.step(slope, rate: latentRate, noise: noise, bitPrice: bitPrice)
        }
        var sum = slots[0].gradient
        for slot in slots.dropFirst() {
            for position in sum.indices { sum[position] += slot.gradient[position] }
        }
        let share = 1 / Float(chosen.count)
        for position in sum.indices { sum[position] *= share }
        return sum
    }
}
