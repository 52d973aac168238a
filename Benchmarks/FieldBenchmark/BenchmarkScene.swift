import Basics
import Cube
import CubeFiles
import MetaLearning

/// A cube in memory, as the benchmarks want it.
struct BenchmarkScene {
    let cube: MemoryCube
    let pixels: ScenePixels

    /// Reads a cube file whole.
    init(path: String) throws { try self.init(Self.read(path)) }

    /// A cube file in memory.
    static func read(_ path: String) throws -> MemoryCube {
        let opener = CubeOpener()
        return try MemoryCube(reading: opener.open(opener.fileSet(for: path)).source)
    }

    init(_ cube: MemoryCube) throws {
        self.cube = cube
        pixels = try ScenePixels(reading: cube, grid: .scene, seed: 1)
    }

    /// The cube with every pixel repeated: `factor` times the lines and samples.
    func enlarged(by factor: Int) throws -> BenchmarkScene {
        let small = cube.description.geometry
        let geometry = try CubeGeometry(
            lines: small.lines * factor, samples: small.samples * factor, bands: small.bands)
        let values = cube.block.floats()
        var large = [Float](repeating: 0, count: geometry.sampleCount)
        var target = 0
        for row in 0..<small.bands * small.lines {
            let line = (0..<geometry.samples).map { values[row * small.samples + $0 / factor] }
            for _ in 0..<factor {
                large.replaceSubrange(target..<target + line.count, with: line)
                target += line.count
            }
        }
        let description = CubeDescription(geometry: geometry, sampleType: .float32)
        let block = SampleBlock(
            window: CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands),
            sampleType: .float32, values: large)
        return try BenchmarkScene(MemoryCube(description: description, bytes: block.bytes))
    }
}
