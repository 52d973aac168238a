import Basics
import Cube
import Foundation
import MetaLearning

/// Smooth scenes that a tiny network learns in a second, and cubes with every kind of bad sample.
enum SyntheticField {
    /// A cube of low spatial frequency whose spectra are mixtures of two; unsigned 16-bit.
    static func cube(
        lines: Int = 24, samples: Int = 20, bands: Int = 6, seed: UInt64 = 1,
        wavelengths: [Double]? = nil
    ) throws -> MemoryCube {
        var generator = SeededGenerator(seed: seed)
        let phase = (0..<4).map { _ in Double(generator.uniform(in: 0, 6)) }
        let description = CubeDescription(
            geometry: try CubeGeometry(lines: lines, samples: samples, bands: bands),
            sampleType: .uint16,
            bands: wavelengths.map { $0.map { BandDescription(wavelengthNanometers: $0) } })
        let values = (0..<bands).flatMap { band in
            (0..<lines).flatMap { line in
                (0..<samples).map { sample -> Float in
                    let x = Double(sample) / Double(samples) * 3
                    let y = Double(line) / Double(lines) * 3
                    let share = 0.5 + 0.5 * sin(x + phase[0]) * cos(y + phase[1])
                    let spectrum = Double(band) / Double(bands)
                    let value =
                        share * (0.3 + 0.5 * spectrum) + (1 - share) * (0.9 - 0.6 * spectrum)
                    return Float(200 + 3000 * value)
                }
            }
        }
        let block = SampleBlock(
            window: CubeWindow(whole: description.geometry), bandIndices: Array(0..<bands),
            sampleType: .uint16, values: values)
        return MemoryCube(description: description, bytes: block.bytes)
    }

    static func pixels(
        _ cube: MemoryCube, grid: LatentGrid = .scene, budget: Int = 20_000
    ) throws -> ScenePixels {
        try ScenePixels(reading: cube, grid: grid, seed: 5, pixelBudget: budget)
    }

    /// A cube of 4-byte floats, [bands][lines][samples].
    static func floatCube(
        lines: Int, samples: Int, planes: [[Float]], nodata: Double? = nil, bad: Set<Int> = []
    ) throws -> MemoryCube {
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: planes.count)
        let description = CubeDescription(
            geometry: geometry, sampleType: .float32,
            bands: planes.indices.map { BandDescription(isGood: !bad.contains($0)) },
            nodataValue: nodata)
        let block = SampleBlock(
            window: CubeWindow(whole: geometry), bandIndices: Array(planes.indices),
            sampleType: .float32, values: planes.flatMap(\.self))
        return MemoryCube(description: description, bytes: block.bytes)
    }

    /// Settings of a network that trains in a fraction of a second.
    static func settings(iterations: Int) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.hiddenLayerCount = 2
        settings.hiddenWidth = 24
        settings.latentCount = 6
        settings.outerPixelCount = 120
        settings.batchCount = 2
        settings.outerRate = 5e-3
        settings.warmUpIterationCount = 10
        settings.iterationLimit = iterations
        settings.timeLimitSeconds = nil
        return settings
    }

    /// Two different scenes.
    static func scenes() throws -> [ScenePixels] {
        try [pixels(cube(seed: 1)), pixels(cube(lines: 15, samples: 31, bands: 5, seed: 2))]
    }

    /// A network trained for some iterations on ``scenes()``.
    static func network(iterations: Int = 150) throws -> BaseNetwork {
        try MetaTrainer(scenes: scenes(), settings: settings(iterations: iterations))
            .run(checkpointPath: nil, stop: StopToken(), progress: nil).network
    }
}
