import Basics
import Cube

extension MemoryCube {
    /// A cube of uniformly random bits, NaN payloads included where the type is a float.
    public static func random(
        lines: Int, samples: Int, bands: Int, sampleType: SampleType, seed: UInt64
    ) throws -> MemoryCube {
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<geometry.sampleCount * sampleType.byteCount).map { _ in
            UInt8(truncatingIfNeeded: generator.next())
        }
        let description = CubeDescription(geometry: geometry, sampleType: sampleType)
        return MemoryCube(description: description, bytes: bytes)
    }
}
