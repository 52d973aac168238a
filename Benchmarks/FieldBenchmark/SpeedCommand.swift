import ArgumentParser
import Basics
import BenchmarkSupport
import Cube
import Foundation
import MetaLearning
import NeuralField

/// Times encoding and decoding with a trained network on one core.
struct SpeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speed", abstract: "Times encoding and decoding on one core.")

    @Option(help: "A base network that the train command kept.") var network: String
    @Argument(help: "Cube files.") var paths: [String]

    func run() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: network)))
        let network = try BaseNetwork(bytes: bytes)
        let scenes = try paths.map { try BenchmarkScene(path: $0) }
        for (path, scene) in zip(paths, scenes) {
            try encode(scene, network, name: URL(filePath: path).lastPathComponent)
        }
        let large = try scenes[0].enlarged(by: 10)
        try encode(large, network, name: "first scene, 10 x 10 times the pixels")
        try decode(large, network)
        if let peer = MatrixProductPeer() {
            try BenchmarkReport.write([
                "work": "sgemm 2048^3", "gigaflopsPerSecond": peer.gigaflopsPerSecond(size: 2048),
            ])
        }
    }

    private func encode(_ scene: BenchmarkScene, _ network: BaseNetwork, name: String) throws {
        let encoder = try FieldEncoder(network: network, threadCount: 1)
        let whole = try FieldEncoder(
            network: network, threadCount: 1, innerPixelCount: scene.pixels.pixelCount)
        let seconds = try BenchmarkReport.leastSeconds(of: 20) {
            _ = try encoder.encode(scene.pixels)
        }
        let wholeSeconds = try BenchmarkReport.leastSeconds(of: 2) {
            _ = try whole.encode(scene.pixels)
        }
        try BenchmarkReport.write([
            "work": "encode", "scene": name, "seconds": seconds,
            "psnrDecibels": try decibels(encoder, scene),
            "fullPixelSeconds": wholeSeconds, "fullPixelPSNRDecibels": try decibels(whole, scene),
        ])
        for effort in EncodingEffort.allCases { try encode(scene, network, effort, name: name) }
    }

    private func encode(
        _ scene: BenchmarkScene, _ network: BaseNetwork, _ effort: EncodingEffort, name: String
    ) throws {
        let encoder = try FieldEncoder(network: network, effort: effort, threadCount: 1)
        let seconds = try BenchmarkReport.leastSeconds(of: 3) {
            _ = try encoder.encode(scene.pixels)
        }
        try BenchmarkReport.write([
            "work": "encode with effort \(effort.rawValue)", "scene": name, "seconds": seconds,
            "psnrDecibels": try decibels(encoder, scene),
        ])
    }

    private func decibels(_ encoder: FieldEncoder, _ scene: BenchmarkScene) throws -> Double {
        let latent = try encoder.encode(scene.pixels)
        return -10 * log10(try encoder.meanSquaredError(of: latent, on: scene.pixels))
    }

    /// A whole scene and all of its bands: in one call, whose result is one large array, and in
    /// calls for ten lines each, as a restore does it.
    private func decode(_ scene: BenchmarkScene, _ network: BaseNetwork) throws {
        let geometry = scene.cube.description.geometry
        let latent = try FieldEncoder(network: network).encode(scene.pixels)
        let decoder = try FieldDecoder(network.parameters)
        let outputs = decoder.prepare(
            OutputMap(
                outputCount: network.architecture.outputCount,
                selecting: Array(0..<geometry.bands)))
        let shifts = try decoder.shifts(of: latent.cell(0))
        for lineCount in [geometry.lines, 10] {
            let parts = stride(from: 0, to: geometry.lines, by: lineCount).map { first in
                coordinates(ofLines: first..<min(first + lineCount, geometry.lines), geometry)
            }
            let seconds = BenchmarkReport.leastSeconds(of: 3) {
                for part in parts {
                    _ = decoder.decode(shifts, outputs: outputs, coordinates: part)
                }
            }
            let operationCount =
                productCount(network.architecture, bandCount: geometry.bands) * geometry.pixelCount
            try BenchmarkReport.write([
                "work": "decode", "lines": geometry.lines, "samples": geometry.samples,
                "bands": geometry.bands, "linesPerCall": lineCount, "seconds": seconds,
                "gigaflopsPerSecond": Double(operationCount) / seconds / 1e9,
            ])
        }
    }

    /// [pixels][x, y]
    private func coordinates(ofLines lines: Range<Int>, _ geometry: CubeGeometry) -> [Float] {
        var coordinates: [Float] = []
        for line in lines {
            let y = Float(2 * line + 1) / Float(geometry.lines) - 1
            for sample in 0..<geometry.samples {
                coordinates.append(Float(2 * sample + 1) / Float(geometry.samples) - 1)
                coordinates.append(y)
            }
        }
        return coordinates
    }

    /// Floating-point operations of one pixel's matrix products; sines are not counted.
    private func productCount(_ architecture: FieldArchitecture, bandCount: Int) -> Int {
        let width = architecture.hiddenWidth
        let hidden = (architecture.hiddenLayerCount - 1) * width * width
        return 2 * (2 * width + hidden + bandCount * width)
    }
}
