import ArgumentParser
import BenchmarkSupport
import CCSDS123
import Cube
import Foundation

/// Times the public standard with given parameters, which are the usual ones unless said otherwise.
struct StandardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ccsds", abstract: "Times CCSDS 123.0-B-2 with given parameters.")

    @Flag(help: "The sample-adaptive entropy coder instead of the hybrid one.")
    var sampleAdaptive = false
    @Option(help: "Previous bands P.") var bands = 15
    @Flag(help: "Reduced prediction mode instead of full.") var reduced = false
    @Option(help: "Weight resolution Omega.") var omega = 14
    @Option(help: "First weight exponent nu_min.") var firstExponent = -1
    @Option(help: "Last weight exponent nu_max.") var lastExponent = 3
    @Option(help: "log2 of the interval t_inc between them.") var intervalLog2 = 6
    @Option(help: "Rescaling counter size gamma*.") var counterSize = 6
    @Option(help: "Resolution Theta of sample representatives.") var theta = 0
    @Option(help: "Damping phi of sample representatives.") var phi = 0
    @Option(help: "Encodings and decodings, of which the fastest count.") var repetitions = 3
    @Option(help: "Where to keep the stream.") var output: String?
    @Argument(help: "A cube file of integers.") var path: String

    func run() throws {
        let cube = try CoderBenchmark.cube(path)
        let image = try CCSDSImage(cube.block)
        let parameters = parameters(bitDepth: image.bitDepth)
        var stream = try CCSDSEncoder.encode(image, parameters: parameters)
        let encodingSeconds = try BenchmarkReport.leastSeconds(of: repetitions) {
            stream = try CCSDSEncoder.encode(image, parameters: parameters)
        }
        var decoded = image
        let decodingSeconds = try BenchmarkReport.leastSeconds(of: repetitions) {
            decoded = try CCSDSDecoder.decode(
                stream, maximumSampleCount: image.values.count
            ).image
        }
        guard decoded == image else { throw ValidationError("other samples came back") }
        if let output { try Data(stream).write(to: URL(filePath: output)) }
        try CoderBenchmark.report(
            sampleAdaptive ? "ccsds sample-adaptive" : "ccsds hybrid", path, cube,
            byteCount: stream.count, encodingSeconds: encodingSeconds,
            decodingSeconds: decodingSeconds)
    }

    private func parameters(bitDepth: Int) -> CCSDSParameters {
        CCSDSParameters(
            prediction: CCSDSPrediction(
                bandCount: bands, isFull: !reduced, weightResolution: omega,
                exponentIntervalLog2: intervalLog2, firstExponent: firstExponent,
                lastExponent: lastExponent),
            representatives: CCSDSRepresentatives(
                resolution: theta, damping: .common(phi), offset: .common(0)),
            entropyCoder: CCSDSEntropyCoder(
                method: sampleAdaptive
                    ? .sampleAdaptive(accumulatorInitialization: .common(min(3, bitDepth - 2)))
                    : .hybrid(initialAccumulator: nil),
                rescalingCounterSize: counterSize))
    }
}
