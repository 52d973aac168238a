import Basics
import Cube
import CubeCodec
import TestSupport
import Testing

/// Floats that are whole numbers by some scale.
struct ScaledFloatTests {
    private static let quotient: UInt8 = 3
    private static let product: UInt8 = 1

    private func counts() throws -> [Float] {
        try MemoryCube.scene(lines: 40, samples: 30, bands: 10, .uint16, scale: 900).block.floats()
    }

    /// The representation that the first block names, after every bit came back.
    private func representation<Sample>(
        _ values: [Sample], _ type: SampleType, nodata: Double? = nil
    ) throws -> UInt8 {
        let cube = try MemoryCube.of(
            values, lines: 40, samples: 30, bands: 10, type, nodata: nodata)
        for chunks in [
            try MemoryChunks(cube), try MemoryChunks(searched: cube, blockByteCount: 9000),
        ] {
            #expect(try chunks.decoded(cube.description) == cube.block)
        }
        return try MemoryChunks(cube).chunks[1][6]
    }

    @Test(arguments: [1402.0, 6733, 10000, 255, 4095, 3, 25.5])
    func `quotients by any divisor are coded as whole numbers`(divisor: Double) throws {
        let counts = try counts()
        let kinds = [
            try representation(counts.map { Double($0) / divisor }, .float64),
            try representation(counts.map { $0 / Float(divisor) }, .float32),
        ]
        #expect(kinds.allSatisfy { $0 == Self.quotient || $0 == Self.product })
    }

    @Test(arguments: [0.0001, 0.01, 0.0123, 2.5e-5, 0.1, 20, 1])
    func `products with any factor are coded as whole numbers`(factor: Double) throws {
        let counts = try counts()
        let kinds = [
            try representation(counts.map { Double($0) * factor }, .float64),
            try representation(counts.map { $0 * Float(factor) }, .float32),
            try representation(counts.map { Float(Double($0) * factor) }, .float32),
        ]
        #expect(kinds.allSatisfy { $0 == Self.quotient || $0 == Self.product })
    }

    @Test func `what does not fit the scale comes back too`() throws {
        var values = try counts().map { $0 / 1402 }
        values[17] = .nan
        values[400] = -0.0
        values[401] = .infinity
        values[5000] = 0.123_456_79
        values[8000] = .leastNonzeroMagnitude
        for index in 900..<1200 { values[index] = -9999 }
        #expect(try representation(values, .float32, nodata: -9999) == Self.quotient)
    }

    @Test func `floats without a scale stay as they are`() throws {
        var generator = SeededGenerator(seed: 4)
        let values = try counts().map { $0 / 1402 + 1e-3 * generator.uniform() }
        #expect(try representation(values, .float32) == 0)
    }

    @Test func `scaled floats cost what their integers cost`() throws {
        let counts = try counts()
        func size<Sample>(_ values: [Sample], _ type: SampleType) throws -> Int {
            let cube = try MemoryCube.of(values, lines: 40, samples: 30, bands: 10, type)
            return try MemoryChunks(searched: cube).chunks[1].count
        }
        let whole = try size(counts.map { UInt16($0) }, .uint16)
        let scaled = try size(counts.map { Double($0) / 6733 }, .float64)
        #expect(scaled <= whole + 16)
    }
}
