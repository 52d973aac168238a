import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

struct RelativeErrorTests {
    private static let percents = [0.001, 0.03, 1, 12.5, 50]

    private func check(_ cube: MemoryCube, percent: Double) throws {
        let fidelity = Fidelity.maximumRelativeError(percent: percent)
        let chunks = try MemoryChunks(searched: cube, fidelity, blockByteCount: 2000)
        let source = try ExactCubeSource(description: cube.description, chunks: chunks)
        #expect(source.header.fidelity == fidelity)
        let decoded = try chunks.decoded(cube.description)
        BoundExpectation.expect(decoded, of: cube) { percent / 100 * abs($0) }
    }

    @Test(arguments: SampleType.allCases)
    func `no sample is further away than its own fraction`(type: SampleType) throws {
        for percent in Self.percents {
            try check(try .scene(type, scale: 200), percent: percent)
            try check(try .scene(type, nodata: 25), percent: percent)
        }
    }

    @Test(arguments: [SampleType.uint8, .int16, .uint16, .int32, .uint32, .float32, .float64])
    func `random bits stay within their own fraction`(type: SampleType) throws {
        for percent in Self.percents {
            try check(
                try .random(lines: 9, samples: 11, bands: 3, sampleType: type, seed: 9),
                percent: percent)
        }
    }

    @Test func `all 16-bit integers keep the bound`() throws {
        for percent in Self.percents {
            let cube = try MemoryCube.of(
                (0..<65536).map { Int16(truncatingIfNeeded: $0) }, lines: 64, samples: 256,
                bands: 4, .int16)
            try check(cube, percent: percent)
        }
    }

    @Test func `64-bit integers keep the bound at their extremes`() throws {
        let values: [Int64] = [.min, .min + 1, .max, .max - 1, 0, -1, 12345, -98765]
        let cube = try MemoryCube.of(values, lines: 2, samples: 4, bands: 1, .int64)
        for percent in Self.percents {
            let decoded = try MemoryChunks(cube, .maximumRelativeError(percent: percent))
                .decoded(cube.description)
            let results = decoded.bytes.withUnsafeBytes { Array($0.bindMemory(to: Int64.self)) }
            for (truth, result) in zip(values, results) {
                let error = Double(Int128(truth).distance(to: Int128(result)).magnitude)
                #expect(error <= percent / 100 * Double(truth.magnitude) * (1 + 1e-12))
            }
        }
    }

    @Test func `subnormal, infinite and missing floats survive`() throws {
        let values: [Float] = [
            .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude,
            .greatestFiniteMagnitude, 1, Float(1).nextDown, 1.5e-30, -7,
        ]
        let many = (0..<50).flatMap { round in values.map { $0 * Float(1 + round % 3) } }
        for nodata in [nil, -7.0] {
            let cube = try MemoryCube.of(
                many + [Float](repeating: 3, count: 5400), lines: 10, samples: 100, bands: 6,
                .float32, nodata: nodata)
            for percent in Self.percents { try check(cube, percent: percent) }
        }
        let doubles: [Double] = [
            .leastNonzeroMagnitude, -.leastNormalMagnitude / 8, 1e308, .greatestFiniteMagnitude,
            .leastNormalMagnitude, 0,
        ]
        let cube = try MemoryCube.of(
            doubles + [Double](repeating: -4.2, count: 594), lines: 10, samples: 10, bands: 6,
            .float64)
        for percent in Self.percents { try check(cube, percent: percent) }
    }

    @Test func `a larger fraction costs fewer bits`() throws {
        let cube = try MemoryCube.scene(lines: 60, samples: 40, bands: 8, .uint16, scale: 3000)
        let sizes = try [0.01, 0.1, 1, 10].map { percent in
            try MemoryChunks(searched: cube, .maximumRelativeError(percent: percent)).chunks[1]
                .count
        }
        #expect(sizes == sizes.sorted(by: >))
        #expect(sizes[2] < sizes[0] / 2)
    }
}
