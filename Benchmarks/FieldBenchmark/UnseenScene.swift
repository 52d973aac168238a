import BenchmarkSupport
import Cube
import CubeCodec
import Foundation
import MetaLearning
import NeuralField

/// A scene that a network has not seen, encoded at several steps of its quantiser.
struct UnseenScene {
    /// Every pixel of the scenes is used.
    static let pixelBudget = 1 << 20

    let name: String
    let cube: MemoryCube

    /// Prints the bytes of latents and what they decode to, by step: as the thorough effort finds
    /// them, and searched for with the price of their bits, fine steps first, with these steps and
    /// coarser ones.
    func encode(_ network: BaseNetwork) throws {
        guard let prior = network.latentPrior else { return }
        let pixels = try pixels(network)
        let encoder = try FieldEncoder(network: network, effort: .best)
        let thorough = try encoder.encode(pixels)
        var priced = thorough
        for exponent in -8...12 {
            let steps = LatentSteps.prior(prior, exponent: exponent)
            try report(
                QuantizedLatent(thorough, steps: steps), network, basis: "thorough",
                unrounded: thorough)
            priced = try encoder.improve(
                priced, on: pixels, exponent: exponent, iterationCount: 30)
            for steps in LatentSteps.priced(prior, exponent: exponent) {
                try report(
                    QuantizedLatent(priced, steps: steps), network, basis: "priced",
                    unrounded: thorough)
            }
        }
    }

    private func pixels(_ network: BaseNetwork) throws -> ScenePixels {
        try ScenePixels(
            reading: cube, grid: network.latentGrid, seed: 1, pixelBudget: Self.pixelBudget)
    }

    private func report(
        _ quantized: QuantizedLatent, _ network: BaseNetwork, basis: String,
        unrounded: SceneLatent
    ) throws {
        guard case .tiles(let tile, _) = network.latentGrid else { return }
        let (bytes, quality, level) = try smoothed(quantized, network)
        let encoder = try FieldEncoder(network: network)
        let error = try encoder.meanSquaredError(of: unrounded, on: try pixels(network))
        try BenchmarkReport.write([
            "work": "unseen", "scene": name, "tile": tile, "cells": unrounded.cellCount,
            "latentCount": unrounded.latentCount, "basis": basis,
            "bytes": bytes.count, "networkBytes": try network.serialized().count,
            "samples": quality.validSampleCount, "psnrDecibels": quality.psnrDecibels ?? 999,
            "unroundedPSNRDecibels": -10 * log10(error), "deblocking": level,
        ])
    }

    /// The stream whose seams are smoothed best, with its quality and level; 0 for none.
    private func smoothed(
        _ quantized: QuantizedLatent, _ network: BaseNetwork
    ) throws -> (bytes: [UInt8], quality: ReconstructionQuality, level: Int) {
        let cells = try LatentCells(network.latentGrid, over: cube.description.geometry)
        let tried = try ([nil] + Deblocking.candidates(for: cells)).map { level in
            let bytes = LatentBitstream(encoding: quantized.with(level)).bytes
            return (bytes, try quality(of: bytes, network), level?.level ?? 0)
        }
        return tried.dropFirst().reduce(tried[0]) { best, next in
            next.1.meanSquaredError < best.1.meanSquaredError ? next : best
        }
    }

    /// What the final bytes decode to, over every sample.
    private func quality(
        of bytes: [UInt8], _ network: BaseNetwork
    ) throws -> ReconstructionQuality {
        let geometry = cube.description.geometry
        let latent = try LatentBitstream.decode(
            bytes, geometry: geometry, network: network
        ).latent
        let reconstruction = try FieldReconstruction(
            network: network, latent: latent, description: cube.description)
        var meter = QualityMeter(nodataValue: cube.description.nodataValue)
        meter.add(
            original: try cube.read(lines: 0..<geometry.lines),
            reconstruction: try reconstruction.read(lines: 0..<geometry.lines))
        return meter.quality
    }
}
