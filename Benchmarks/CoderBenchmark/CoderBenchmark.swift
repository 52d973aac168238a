import ArgumentParser
import BenchmarkSupport
import Cube
import CubeFiles
import Foundation

/// Times the exact coders alone on one thread, without search, files and catalog; prints JSON
/// lines. Benchmarks/numba_ccsds.py runs another implementation of the standard beside it.
@main struct CoderBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coder-benchmark", abstract: "Times the exact coders on one thread.",
        subcommands: [StandardCommand.self, AdaptiveCommand.self])

    /// A cube file, whole.
    static func cube(_ path: String) throws -> MemoryCube {
        let opener = CubeOpener()
        return try MemoryCube(reading: opener.open(opener.fileSet(for: path)).source)
    }

    /// Prints the least times of encoding and decoding a cube.
    static func report(
        _ coder: String, _ path: String, _ cube: MemoryCube, byteCount: Int,
        encodingSeconds: Double, decodingSeconds: Double
    ) throws {
        let sampleCount = cube.description.geometry.sampleCount
        try BenchmarkReport.write([
            "coder": coder, "scene": URL(filePath: path).lastPathComponent,
            "sampleCount": sampleCount, "byteCount": byteCount,
            "bitsPerSample": 8 * Double(byteCount) / Double(sampleCount),
            "encodingSeconds": encodingSeconds, "decodingSeconds": decodingSeconds,
            "encodingMegasamplesPerSecond": Double(sampleCount) / encodingSeconds / 1e6,
            "decodingMegasamplesPerSecond": Double(sampleCount) / decodingSeconds / 1e6,
        ])
    }
}
