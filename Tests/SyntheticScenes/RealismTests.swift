import Cube
import SyntheticScenes
import Testing

@Suite struct RealismTests {
    @Test(arguments: SyntheticSceneKind.allCases)
    func `neighbouring pixels resemble each other more than distant ones`(
        kind: SyntheticSceneKind
    ) throws {
        let scene = try SyntheticScene(
            kind: kind, sensor: .visibleNearInfrared(bandCount: 12), lines: 200, samples: 200,
            seed: 21)
        let block = try scene.read(
            CubeWindow(whole: scene.description.geometry), bandIndices: [8])
        let plane = block.plane(ofBandAt: 0)
        let near = Statistics.correlation(of: plane, sampleCount: 200, lag: 1)
        let far = Statistics.correlation(of: plane, sampleCount: 200, lag: 60)
        #expect(near > 0.75)
        #expect(near > far + 0.3)
    }

    @Test func `the random noise has the deviation that the sensor states`() throws {
        let sensor = SyntheticSensor.fullRange(bandCount: 20)
        let scene = try SyntheticScene(
            kind: .minerals, sensor: sensor, lines: 120, samples: 100, seed: 4)
        let window = CubeWindow(whole: scene.description.geometry)
        let bands = Array(0..<20)
        let counts = try scene.read(window, bandIndices: bands).floats()
        let means = try scene.noiselessCounts(window, bandIndices: bands)
        var sum = 0.0
        var squares = 0.0
        for (count, mean) in zip(counts, means) {
            let deviation = Double((count - mean) / sensor.noiseCounts(at: mean))
            sum += deviation
            squares += deviation * deviation
        }
        let total = Double(counts.count)
        #expect(abs(sum / total) < 0.01)
        #expect(abs(squares / total - 1) < 0.02)
    }

    @Test func `columns differ by the striping that the sensor states`() throws {
        // A flat, uniform strip of sea: what remains after averaging along the flight is striping.
        let sensor = SyntheticSensor(
            name: "striped", bandCount: 1, wavelengthsNanometers: 500...500, fwhmNanometers: 6,
            pixelSizeMeters: 1, stripingRatio: 0.05)
        let even = SyntheticSensor(
            name: "even", bandCount: 1, wavelengthsNanometers: 500...500, fwhmNanometers: 6,
            pixelSizeMeters: 1, stripingRatio: 0)
        func columnDifference(_ sensor: SyntheticSensor) throws -> Double {
            let scene = try SyntheticScene(
                kind: .coast, sensor: sensor, lines: 100, samples: 400, seed: 8)
            let plane = try scene.read(lines: 0..<100).plane(ofBandAt: 0)
            let means = (0..<400).map { sample in
                (0..<100).reduce(0.0) { $0 + plane[$1 * 400 + sample] } / 100
            }
            let steps = zip(means, means.dropFirst()).map { abs($0 - $1) / $0 }
            return steps.sorted()[steps.count / 2]
        }
        // Two independent deviations of 5 % in each of two columns: 0.1, whose median size is
        // 0.067, and less because the dark counts are not striped.
        #expect(try columnDifference(even) < 0.02)
        #expect((0.045...0.075).contains(try columnDifference(sensor)))
    }

    @Test func `farmland shows the red edge and the oxygen band`() throws {
        let scene = try SyntheticScene(kind: .farmland, lines: 80, samples: 80, seed: 6)
        let red = try Statistics.plane(of: scene, nanometers: 672)
        let infrared = try Statistics.plane(of: scene, nanometers: 800)
        let ratios = zip(infrared, red).map { ($0 - 200) / max(1, $1 - 200) }.sorted()
        #expect(ratios[ratios.count * 9 / 10] > 3)
        #expect(ratios[ratios.count / 20] < 2)
        let oxygen = try Statistics.plane(of: scene, nanometers: 761).reduce(0, +)
        let beside = try Statistics.plane(of: scene, nanometers: 778).reduce(0, +)
        #expect(oxygen < 0.85 * beside)
    }

    @Test(arguments: SyntheticSceneKind.allCases)
    func `counts use the converter's range without clipping`(kind: SyntheticSceneKind) throws {
        for sensor in [SyntheticSensor.visibleNearInfrared, .fullRange] {
            let scene = try SyntheticScene(
                kind: kind, sensor: sensor, lines: 100, samples: 100, seed: 12)
            let counts = try scene.read(lines: 0..<100).floats()
            let saturated = counts.count { $0 >= sensor.saturationCounts }
            #expect(Double(saturated) < 0.001 * Double(counts.count))
            #expect((counts.max() ?? 0) > 0.2 * sensor.saturationCounts)
            #expect((counts.min() ?? 0) > 0)
        }
    }
}
