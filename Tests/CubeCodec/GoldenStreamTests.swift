import Cube
import CubeCodec
import MetaLearning
import Testing

/// Streams written once and kept here: what was archived must stay readable.
struct GoldenStreamTests {
    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap { $0.hexDigitValue.map { UInt8($0) } }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    static func integers() throws -> MemoryCube {
        let first = (0..<12).map { Int16(100 + 37 * ($0 * $0 % 7)) }
        let second = first.map { Int16(Double($0) * 1.75) - 40 }
        let third = zip(first, second).map { $1 * 2 - $0 / 2 }
        return try .of(first + second + third, lines: 3, samples: 4, bands: 3, .int16)
    }

    static func withDeadBand() throws -> MemoryCube {
        let integers = try integers().block.bytes.withUnsafeBytes { raw in
            (0..<36).map { raw.loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self) }
        }
        let dead = [Int16](repeating: -9999, count: 12)
        return try .of(
            integers[..<12] + dead + integers[12...], lines: 3, samples: 4, bands: 4, .int16)
    }

    static func floats() throws -> MemoryCube {
        let values = (0..<16).map { Float($0 * $0) * 0.37 - 11 }
        var edited = values
        edited[5] = -9999
        edited[6] = -9999
        edited[11] = .infinity
        return try .of(edited, lines: 2, samples: 4, bands: 2, .float32, nodata: -9999)
    }

    static func latent() throws -> QuantizedLatent {
        let values: [Float] = [0.5, -0.25, 0, 1.5, 0.5, -0.25, 0.25, 1.25, -3, 0, 0, 1.5]
        let scaling = try #require(ValueScaling(offset: -12, gain: 4095.5))
        return try QuantizedLatent(
            SceneLatent(
                rows: 1, columns: 3, latentCount: 4, values: values, scaling: scaling,
                bandStates: [.live, .live, .constant(0.1), .absent]), step: 0.25)
    }

    @Test func `a lossless stream of integers stays readable`() throws {
        let header = Self.bytes(
            "43564558010002014c0000000000000000000000000000000000000000000000000000000000"
                + "00000300000000000000040000000000000003000000000000000100000003000000ce0c5921")
        let block = Self.bytes(
            "4356454201010000000000000000000003000000000000000000000000000000000000000000"
                + "00005d00000000000000b5e665aa94ce6bfc1000000000000002091c0000d7ff0283181905ed"
                + "ffc84ade939494dd4949de930002000000000000020000000000000000000000000000000000"
                + "0000000000000000000000000000000000000000000000000000000000000000000000")
        let cube = try Self.integers()
        let later = Self.bytes(
            "43564558020002014c0000000000000000000000000000000000000000000000000000000000"
                + "00000300000000000000040000000000000003000000000000000100000003000000a8a41f8e")
        var chunks = try MemoryChunks(cube)
        #expect(chunks.chunks == [later, block, later])
        #expect(try chunks.decoded(cube.description) == cube.block)
        // Version 1, without the copy.
        chunks.chunks = [header, block]
        #expect(try chunks.decoded(cube.description) == cube.block)
    }

    @Test func `an error-bounded stream of floats stays readable`() throws {
        let header = Self.bytes(
            "43564558010008014c000000000000000100000001000000000000000000e03f000000008087"
                + "c3c002000000000000000400000000000000020000000000000001000000020000000f29e015")
        let block = Self.bytes(
            "43564542010101000000000000000000020000000000000000000000feffef3f090000000000"
                + "00005200000000000000fa67f36a0cefbbb102050404030000807f1000000000000000000296"
                + "37000034000000150002040c0a000e010a122f0e001407000000000000000000000000000000"
                + "000000000000000000000000000000000000000000000000000000000000000000")
        let cube = try Self.floats()
        let later = Self.bytes(
            "43564558020008014c000000000000000100000001000000000000000000e03f000000008087"
                + "c3c002000000000000000400000000000000020000000000000001000000020000006981a6ba")
        var chunks = try MemoryChunks(cube, .maximumError(0.5))
        // Today's writer gives exceptions other words.
        #expect(chunks.chunks[0] == later && chunks.chunks[2] == later)
        #expect(chunks.chunks[1].prefix(56) == block.prefix(56))
        chunks.chunks = [header, block]
        let decoded = try chunks.decoded(cube.description).floats()
        let truth = cube.block.floats()
        for index in truth.indices where truth[index].isFinite && truth[index] != -9999 {
            #expect(abs(decoded[index] - truth[index]) <= 0.5)
        }
        for index in [5, 6, 11] { #expect(decoded[index] == truth[index]) }
    }

    @Test func `a block of the public standard stays readable`() throws {
        let cube = try Self.withDeadBand()
        let layout = WordLayout(bands: 4, lines: 3, samples: 4, wordByteCount: 2)
        let words = WordBlock(layout: layout, bytes: cube.block.bytes)
        let payload = try #require(try CCSDSCoder().encode(words))
        let block = Self.bytes(
            "4356454201020000000000000000000003000000000000000000000000000000000000000000"
                + "00005100000000000000753f8dcea6a2876a640000000000000002f1d8000004000300031500"
                + "000a002200f49d009220ffec2905215290193452271295047f00c7b350f26bfb0ad8d830f038"
                + "9a1a4f6d2030ddfbce6ff80000000000026b808e002e49")
        #expect(payload[...] == block.dropFirst(56))
        var chunks = try MemoryChunks(cube)
        chunks.chunks[1] = block
        #expect(try chunks.decoded(cube.description) == cube.block)
    }

    @Test func `a block of the slow coder stays readable`() throws {
        let cube = try Self.withDeadBand()
        let layout = WordLayout(bands: 4, lines: 3, samples: 4, wordByteCount: 2)
        let words = WordBlock(layout: layout, bytes: cube.block.bytes)
        let payload = Self.bytes(
            "640000000000000002f1d83402000062ec5cc62045d92008e7b7468076657aba76fec5d5f7dc"
                + "7a5900f36c5d3b1b8271e464b3")
        #expect(AdaptiveCoder().encode(words) == payload)
        #expect(try AdaptiveCoder().decode(payload[...], layout: layout) == words)
    }

    /// Requires a latent like ``latent()`` to be coded as these bytes, and to come back from them.
    private func expect(
        _ quantized: QuantizedLatent, as bytes: [UInt8], _ network: BaseNetwork? = nil,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let geometry = try CubeGeometry(lines: 1, samples: 3, bands: 4)
        #expect(
            LatentBitstream(encoding: quantized).bytes == bytes, sourceLocation: location)
        let decoded = try LatentBitstream.decode(bytes, geometry: geometry, network: network)
        #expect(decoded == quantized, sourceLocation: location)
    }

    /// A network with a prior whose tiles are single pixels, and ``latent()`` in its steps.
    private static func coded(
        isCentred: Bool = false
    ) throws -> (network: BaseNetwork, quantized: QuantizedLatent) {
        let network = try PriorFixture.network(
            latentCount: 4, grid: .tiles(lines: 1, samples: 1), isCentred: isCentred)
        return (network, try PriorFixture.quantized(latent().latent, network, exponent: 6))
    }

    @Test func `a latent coded against a prior has the same bytes for ever`() throws {
        let (network, quantized) = try Self.coded()
        let bytes = Self.bytes(
            "43564c54021c0c00170100f87f45030806029a9999999999b9"
                + "3f0500d257ae95e9e26bfdbfed")
        try expect(quantized, as: bytes, network)
    }

    @Test func `a latent about means has the same bytes and values for ever`() throws {
        let (network, quantized) = try Self.coded(isCentred: true)
        let bytes = Self.bytes(
            "43564c54021c0c00170100f87f45030806029a9999999999b9"
                + "3f0500d257acd4a0e077475bf9")
        try expect(quantized, as: bytes, network)
        #expect(
            quantized.latent.values.map(\.bitPattern) == [
                0x3ECC_CCCD, 0xBEA0_0000, 0x3DCC_CCCD, 0x3FC1_999A,
                0x3ECC_CCCD, 0xBEA0_0000, 0x3DCC_CCCD, 0x3F89_999A,
                0xC046_6666, 0x0000_0000, 0x3DCC_CCCD, 0x3FC1_999A,
            ])
    }

    @Test func `a latent for a companion has the same bytes for ever`() throws {
        let companion = try PriorFixture.network(
            latentCount: 4, grid: .tiles(lines: 1, samples: 1))
        let network = try PriorFixture.network(latentCount: 4, grid: .scene)
            .with(companions: [companion])
        var latent = try Self.latent().latent
        latent.level = 1
        let quantized = try PriorFixture.quantized(latent, companion, exponent: 6)
        let bytes = Self.bytes(
            "43564c54031d010c00170100f87f45030806029a9999999999b9"
                + "3f0500d257ae95e9e2f34dd257")
        try expect(quantized, as: bytes, network)
    }

    @Test func `a latent with smoothed seams has the same bytes for ever`() throws {
        let (network, plain) = try Self.coded()
        let quantized = plain.with(Deblocking(level: 2))
        let bytes = Self.bytes(
            "43564c54041e000c00170100f87f45030806029a9999999999"
                + "b93f050200d257ae95e9e2d5402dc3")
        try expect(quantized, as: bytes, network)
    }

    @Test func `a latent has the same bytes for ever`() throws {
        let bytes = Self.bytes(
            "43564c5401250103040000803e00170100f87f45030806029a9999999999b93f050030829bc3"
                + "738c5eeb21107d07f4")
        try expect(Self.latent(), as: bytes)
    }
}
