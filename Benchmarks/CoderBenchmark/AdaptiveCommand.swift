import ArgumentParser
import BenchmarkSupport
import Cube
import CubeCodec

/// Times the coder of the best effort.
struct AdaptiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adaptive", abstract: "Times the coder of the best effort.")

    @Option(help: "Encodings and decodings, of which the fastest count.") var repetitions = 1
    @Argument(help: "A cube file of 16-bit integers.") var path: String

    func run() throws {
        let cube = try CoderBenchmark.cube(path)
        let words = try words(of: cube)
        let coder = AdaptiveCoder()
        var coded: [UInt8]?
        let encodingSeconds = BenchmarkReport.leastSeconds(of: repetitions) {
            coded = coder.encode(words)
        }
        guard let payload = coded else { throw ValidationError("the coder declines this cube") }
        var decoded = words
        let decodingSeconds = try BenchmarkReport.leastSeconds(of: repetitions) {
            decoded = try coder.decode(payload[...], layout: words.layout)
        }
        guard decoded == words else { throw ValidationError("other samples came back") }
        try CoderBenchmark.report(
            "adaptive", path, cube, byteCount: payload.count, encodingSeconds: encodingSeconds,
            decodingSeconds: decodingSeconds)
    }

    /// The whole cube as one block; unsigned samples with their top bit flipped.
    private func words(of cube: MemoryCube) throws -> WordBlock {
        let description = cube.description
        guard description.sampleType == .int16 || description.sampleType == .uint16 else {
            throw ValidationError("\(path) does not hold 16-bit integers")
        }
        let geometry = description.geometry
        let layout = WordLayout(
            bands: geometry.bands, lines: geometry.lines, samples: geometry.samples,
            wordByteCount: 2)
        var bytes = cube.block.bytes
        if description.sampleType == .uint16 {
            for high in stride(from: 1, to: bytes.count, by: 2) { bytes[high] ^= 0x80 }
        }
        return WordBlock(layout: layout, bytes: bytes)
    }
}
