import Cube
import TestSupport

enum MemoryCubeFixture {
    /// 3 lines x 4 samples x 5 bands of int16, the extent of ``ENVIFixture``'s header.
    static func small() throws -> MemoryCube {
        try MemoryCube.random(lines: 3, samples: 4, bands: 5, sampleType: .int16, seed: 11)
    }
}
