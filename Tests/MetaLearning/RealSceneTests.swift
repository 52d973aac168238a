import Basics
import Cube
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite struct RealSceneTests {
    /// A plain 16-bit .npy of lines x samples x bands, in C order.
    private func scene(_ name: String, lines: Int, samples: Int, bands: Int) throws -> MemoryCube {
        let path = RealScenes.path("derived/\(name)")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let header = bytes.count - lines * samples * bands * 2
        var reordered = [UInt8](repeating: 0, count: lines * samples * bands * 2)
        for pixel in 0..<lines * samples {
            for band in 0..<bands {
                let from = header + (pixel * bands + band) * 2
                let to = (band * lines * samples + pixel) * 2
                reordered[to] = bytes[from]
                reordered[to + 1] = bytes[from + 1]
            }
        }
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
        return MemoryCube(
            description: CubeDescription(geometry: geometry, sampleType: .uint16),
            bytes: reordered)
    }

    @Test(.enabled(if: RealScenes.areHere, RealScenes.absence))
    func `a short training raises the quality of real scenes`() throws {
        let cubes = [
            try scene("samson_95x95x156_u16.npy", lines: 95, samples: 95, bands: 156),
            try scene(
                "pavia_centre_rosis_100x100x102_u16.npy", lines: 100, samples: 100, bands: 102),
        ]
        let scenes = try cubes.map { try SyntheticField.pixels($0) }
        var settings = TrainingSettings()
        settings.hiddenLayerCount = 3
        settings.hiddenWidth = 64
        settings.batchCount = 2
        settings.outerPixelCount = 256
        settings.outerRate = 3e-3
        settings.warmUpIterationCount = 10
        settings.timeLimitSeconds = nil
        settings.iterationLimit = 0
        func train() throws -> [Double?] {
            try MetaTrainer(scenes: scenes, settings: settings)
                .run(checkpointPath: nil, stop: StopToken(), progress: nil).scenePSNRDecibels
        }
        let before = try train()
        settings.iterationLimit = 80
        let after = try train()
        for (untrained, trained) in zip(before, after) {
            #expect((trained ?? 0) > (untrained ?? 0) + 3)
        }
    }
}
