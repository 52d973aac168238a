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

    /// Prints the bytes of the product's thorough latents and what they decode to, by step.
    func encode(_ network: BaseNetwork) throws {
        let pixels = try pixels(network)
        let encoder = try FieldEncoder(network: network, effort: .best)
        let latent = try encoder.encode(pixels)
        guard let prior = network.latentPrior else { return }
        for exponent in -6...12 {
            try report(
                QuantizedLatent(latent, steps: .prior(prior, exponent: exponent)), network,
                basis: "trained", unrounded: latent)
        }
    }

    /// The same in a whitened basis, with latents that are fitted for each step, fine ones first.
    func encode(_ network: BaseNetwork, variances: [Double]) throws {
        let search = TileSearch(network, variances: variances, pixels: try pixels(network))
        var first: SceneLatent?
        for exponent in 0..<14 {
            let step = 0.004 * exp2(Float(exponent) / 2)
            let latent = search.encode(step: step, iterationCount: exponent == 0 ? 150 : 20)
            first = first ?? latent
            try report(
                QuantizedLatent(latent, step: step), network, basis: "whitened",
                unrounded: first ?? latent)
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
        let bytes = LatentBitstream(encoding: quantized).bytes
        let quality = try quality(of: bytes, network)
        let encoder = try FieldEncoder(network: network)
        let error = try encoder.meanSquaredError(of: unrounded, on: try pixels(network))
        try BenchmarkReport.write([
            "work": "unseen", "scene": name, "tile": tile, "cells": unrounded.cellCount,
            "latentCount": unrounded.latentCount, "basis": basis,
            "bytes": bytes.count, "networkBytes": try network.serialized().count,
            "samples": quality.validSampleCount, "psnrDecibels": quality.psnrDecibels ?? 999,
            "unroundedPSNRDecibels": -10 * log10(error),
        ])
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
