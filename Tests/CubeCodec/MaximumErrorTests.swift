import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

struct MaximumErrorTests {
    private func check(_ cube: MemoryCube, bound: Double) throws {
        let chunks = try MemoryChunks(cube, .maximumError(bound), blockByteCount: 500)
        let decoded = try chunks.decoded(cube.description)
        BoundExpectation.expect(decoded, of: cube) { _ in bound }
    }

    @Test(arguments: SampleType.allCases)
    func `no sample is further away than the bound`(type: SampleType) throws {
        for bound in [0, 0.3, 1, 2.5, 7, 40, 300, 1e6, 1e300] {
            try check(try .scene(type), bound: bound)
            try check(try .scene(type, nodata: 25), bound: bound)
        }
    }

    @Test(arguments: SampleType.allCases)
    func `random bits stay within the bound`(type: SampleType) throws {
        for bound in [1.0, 1000, 3e9] {
            var cube = try MemoryCube.random(
                lines: 9, samples: 11, bands: 3, sampleType: type, seed: 9)
            // Doubles cannot tell neighbouring 64-bit integers apart.
            if type == .int64 || type == .uint64 {
                cube = try MemoryCube.random(
                    lines: 9, samples: 11, bands: 6, sampleType: .int32, seed: 9)
            }
            try check(cube, bound: bound)
        }
    }

    @Test func `64-bit integers keep the bound at their extremes`() throws {
        let values: [Int64] = [.min, .min + 1, .max, .max - 1, 0, -1, 12345, -98765]
        let cube = try MemoryCube.of(values, lines: 2, samples: 4, bands: 1, .int64)
        for bound in [1, 1000, 4e15, 1e30] {
            let decoded = try MemoryChunks(cube, .maximumError(bound)).decoded(cube.description)
            let results = decoded.bytes.withUnsafeBytes { Array($0.bindMemory(to: Int64.self)) }
            for (truth, result) in zip(values, results) {
                #expect(Int128(truth).distance(to: Int128(result)).magnitude <= UInt128(bound))
            }
        }
    }

    @Test func `nodata and what is not finite survive among floats`() throws {
        let lowest = -Double(Float.greatestFiniteMagnitude)
        for nodata in [-9999, lowest, 0, 1e-30] {
            var values = try MemoryCube.scene(
                lines: 30, samples: 20, bands: 4, .float32, nodata: nodata
            ).block.floats()
            values[7] = .nan
            values[100] = .infinity
            values[101] = -.infinity
            values[102] = Float(nodata).nextUp
            let cube = try MemoryCube.of(
                values, lines: 30, samples: 20, bands: 4, .float32, nodata: nodata)
            for bound in [0.01, 1, 5000] { try check(cube, bound: bound) }
        }
    }

    @Test(arguments: [1, 4, 20])
    func `a larger bound gives smaller planes`(bound: Int) throws {
        let cube = try MemoryCube.scene(lines: 60, samples: 40, bands: 8, .uint16, scale: 3000)
        func activity(_ fidelity: Fidelity) throws -> Int {
            try MemoryChunks(cube, fidelity).chunks[1].reduce(0) { $0 + 8 - $1.leadingZeroBitCount }
        }
        let coarse = try activity(.maximumError(Double(bound)))
        let fine = try activity(.maximumError(Double(bound) / 2 - 0.01))
        #expect(coarse < fine)
    }

    @Test func `a bound under 1 leaves integers lossless`() throws {
        let cube = try MemoryCube.scene(.int32)
        let chunks = try MemoryChunks(cube, .maximumError(0.99))
        #expect(try chunks.decoded(cube.description) == cube.block)
    }
}
