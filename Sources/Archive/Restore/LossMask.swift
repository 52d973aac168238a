import Cube
import CubeCodec

/// What a restored window lacks, as a cube of one band: 1 where samples were lost, 0 elsewhere.
struct LossMask {
    private let window: CubeWindow
    private let regions: [LostRegion]
    /// The mask as a cube of its own; it lies where the window lies.
    let description: CubeDescription

    /// The mask of a window of a cube. Its geometry is one that the cube has, with one band.
    init(window: CubeWindow, regions: [LostRegion], of cube: CubeDescription) throws {
        self.window = window
        self.regions = regions
        let part = try cube.cropped(to: window, bandIndices: [0])
        description = CubeDescription(
            geometry: part.geometry, sampleType: .uint8,
            text: "1 where samples were lost to damage, 0 elsewhere",
            georeference: part.georeference)
    }

    /// Writes the mask line by line.
    func write(to sink: CubeSink) throws {
        for line in window.lines {
            let isLost = regions.contains { ($0.firstLine...$0.lastLine).contains(line) }
            let place = CubeWindow(lines: line..<line + 1, samples: window.samples)
            let row = SampleBlock(
                window: place, bandIndices: [0], sampleType: .uint8,
                bytes: [UInt8](repeating: isLost ? 1 : 0, count: window.samples.count))
            try sink.write(row.rebased(to: window))
        }
    }
}
