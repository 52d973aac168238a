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

    /// Prints the bytes of each latent and what they decode to, coarse steps first.
    func encode(_ network: BaseNetwork, basis: String) throws {
        let networkByteCount = try network.serialized().count
        guard case .tiles(let tile, _) = network.latentGrid else { return }
        let pixels = try ScenePixels(
            reading: cube, grid: network.latentGrid, seed: 1, pixelBudget: Self.pixelBudget)
        let encoder = try FieldEncoder(network: network, effort: .thorough)
        let latent = try encoder.encode(pixels)
        let unrounded = try encoder.meanSquaredError(of: latent, on: pixels)
        let largest = latent.values.map(abs).max() ?? 0
        for exponent in 1...16 {
            let step = largest * exp2(-Float(exponent) / 2)
            guard step > 0 else { continue }
            let bytes = LatentBitstream(encoding: try QuantizedLatent(latent, step: step)).bytes
            let quality = try quality(of: bytes, network)
            guard let decibels = quality.psnrDecibels else { continue }
            try BenchmarkReport.write([
                "work": "unseen", "scene": name, "cells": latent.cellCount, "basis": basis,
                "tile": tile, "latentCount": latent.latentCount, "step": step, "bytes": bytes.count,
                "networkBytes": networkByteCount, "samples": quality.validSampleCount,
                "psnrDecibels": decibels, "unroundedPSNRDecibels": -10 * log10(unrounded),
                "layers": network.architecture.hiddenLayerCount,
                "width": network.architecture.hiddenWidth,
            ])
        }
    }

    /// What the final bytes decode to, over every sample.
    private func quality(
        of bytes: [UInt8], _ network: BaseNetwork
    ) throws -> ReconstructionQuality {
        let geometry = cube.description.geometry
        let latent = try LatentBitstream.decode(bytes, geometry: geometry).latent
        let reconstruction = try FieldReconstruction(
            network: network, latent: latent, description: cube.description)
        var meter = QualityMeter(nodataValue: cube.description.nodataValue)
        meter.add(
            original: try cube.read(lines: 0..<geometry.lines),
            reconstruction: try reconstruction.read(lines: 0..<geometry.lines))
        return meter.quality
    }
}
