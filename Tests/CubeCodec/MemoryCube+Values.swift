import Basics
import Cube

extension MemoryCube {
    /// A cube of stated samples, [bands][lines][samples].
    static func of<Sample>(
        _ values: [Sample], lines: Int, samples: Int, bands: Int, _ type: SampleType,
        nodata: Double? = nil
    ) throws -> MemoryCube {
        let description = CubeDescription(
            geometry: try CubeGeometry(lines: lines, samples: samples, bands: bands),
            sampleType: type, nodataValue: nodata)
        return MemoryCube(
            description: description, bytes: values.withUnsafeBytes { Array($0) })
    }

    /// A smooth scene with a little noise, in any type; some pixels are nodata where that is given.
    static func scene(
        lines: Int = 12, samples: Int = 9, bands: Int = 7, _ type: SampleType,
        nodata: Double? = nil, scale: Float = 20, seed: UInt64 = 3
    ) throws -> MemoryCube {
        var generator = SeededGenerator(seed: seed)
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
        var values: [Float] = []
        for band in 0..<bands {
            for pixel in 0..<geometry.pixelCount {
                let smooth = Float(pixel % samples + pixel / samples) / 4 + Float(band) / 3
                let isHole = pixel % 11 == 3
                let value = scale * (1 + smooth / 4) + generator.uniform() * scale / 8
                values.append(isHole ? Float(nodata ?? Double(value)) : value)
            }
        }
        let description = CubeDescription(
            geometry: geometry, sampleType: type, nodataValue: nodata)
        let block = SampleBlock(
            window: CubeWindow(whole: geometry), bandIndices: Array(0..<bands), sampleType: type,
            values: values)
        return MemoryCube(description: description, bytes: block.bytes)
    }
}
