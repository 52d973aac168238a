import Cube
import Testing

/// What every bounded fidelity promises of a decoded cube.
enum BoundExpectation {
    /// Nodata and non-finite samples come back bit by bit; every other one within its bound and not
    /// as nodata.
    ///
    /// - Parameter bound: the largest error of a sample of some value, in data units.
    static func expect(
        _ decoded: SampleBlock, of cube: MemoryCube, within bound: (Double) -> Double
    ) {
        let nodata = cube.description.nodataValue
        let size = cube.description.sampleType.byteCount
        for (index, pair) in zip(cube.block.doubles(), decoded.doubles()).enumerated() {
            if pair.0 == nodata || !pair.0.isFinite {
                let range = index * size..<(index + 1) * size
                #expect(cube.block.bytes[range] == decoded.bytes[range])
            } else {
                let limit = bound(pair.0)
                #expect(
                    abs(pair.0 - pair.1) <= limit,
                    "sample \(index), \(pair), of \(cube.description)")
                #expect(pair.1 != nodata)
            }
        }
    }
}
