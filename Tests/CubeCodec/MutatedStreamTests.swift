import Basics
import Cube
import CubeCodec
import MetaLearning
import NeuralField
import TestSupport
import Testing

/// Every decoder among mutated streams: an error or the right samples, no trap, no hang, no
/// allocation beyond four times the cube.
///
/// `Benchmarks/fuzz.sh` runs 100,000 per decoder under the address sanitizer.
@Suite(.serialized) struct MutatedStreamTests {
    private static let count = Mutations.count(usually: 300)
    /// For cubes of a megabyte, on which every mutation takes long.
    private static let largeCount = max(6, count / 500)
    /// What one allocation may have beside four times the cube, whatever the cube: the fits
    /// of the adaptive coder (11 KB) and every sixteenth level of relative errors (150 KB).
    private static let allowance = 160 << 10
    /// What all of them together may have at once, in cubes and beside them.
    private static let peakFactor = 16
    private static let peakAllowance = 640 << 10
    private static let longestSeconds = 5.0
    /// More for what is larger: coder 3 takes two seconds a megabyte under the sanitizer, and
    /// several times as many where others use the processor too.
    private static let longestSecondsPerMegabyte = 60.0

    /// Decodes mutated streams one by one.
    ///
    /// - Parameters:
    ///   - sound: a stream that decodes; what is made on first use is made by it.
    ///   - cubeByteCount: bytes of the cube that a stream is of, or says it is of.
    ///   - next: makes a stream.
    ///   - decode: throws, or returns whether what came out may come out.
    private func run<Stream>(
        _ name: String, sound: Stream, count: Int = Self.count, cubeByteCount: (Stream) -> Int,
        next: (inout Mutator) throws -> Stream, decode: (Stream) throws -> Bool
    ) throws {
        #expect(try decode(sound))
        var mutator = Mutator(seed: 1 &+ Mutations.seedOffset)
        var (refusedCount, wrongCount, otherErrorCount, most, largest) = (0, 0, 0, 0, 0)
        var longest = 0.0
        for _ in 0..<count {
            let stream = try next(&mutator)
            let started = ContinuousClock.now
            let reading = AllocationMeter.reading {
                do {
                    if try !decode(stream) { wrongCount += 1 }
                } catch is any CubevaultError {
                    refusedCount += 1
                } catch {
                    otherErrorCount += 1
                }
            }
            let elapsed = (ContinuousClock.now - started) / .seconds(1)
            longest = max(longest, elapsed)
            guard let reading else { continue }
            let cube = cubeByteCount(stream)
            largest = max(largest, reading.largestByteCount)
            #expect(
                reading.largestByteCount <= 4 * cube + Self.allowance,
                "\(reading.largestByteCount) bytes in one piece for a cube of \(cube)")
            most = max(most, reading.peakByteCount)
            #expect(
                reading.peakByteCount <= Self.peakFactor * cube + Self.peakAllowance,
                "\(reading.peakByteCount) bytes at once for a cube of \(cube)")
        }
        #expect(wrongCount == 0 && otherErrorCount == 0)
        #expect(refusedCount > count / 4, "hardly anything was refused")
        let megabytes = Double(cubeByteCount(sound)) / 0x1p20
        #expect(longest < Self.longestSeconds + megabytes * Self.longestSecondsPerMegabyte)
        Mutations.report(
            name, count,
            "\(refusedCount) refused, \(count - refusedCount - wrongCount) sound after all, "
                + "\(wrongCount) wrong, longest \(longest) s; allocated at most \(largest) "
                + "bytes in one piece and \(most) at once; the sound one's cube has "
                + "\(cubeByteCount(sound))")
    }

    /// Mutates a block behind its header, or the header with its checksum mended, or chunk 0.
    private func runExact(
        _ name: String, _ cube: MemoryCube, _ fidelity: Fidelity, coder: ExactCoderChoice,
        named coderCode: UInt8, count: Int = Self.count
    ) throws {
        // Band differences seem long, so that other coders are taken where they may be.
        let original = try MemoryChunks(
            cube, fidelity, coder: coder, storedByteCount: { _ in .max })
        try #require(original.coders == [coderCode])
        let samples = try original.decoded(cube.description)
        let byteCount = cube.block.bytes.count
        try run(
            name, sound: original, count: count, cubeByteCount: { _ in byteCount }
        ) { mutator in
            var chunks = original
            switch mutator.index(below: 8) {
            case 0: chunks.chunks[0] = ReferenceCRC.sealed(mutator.mutated(chunks.chunks[0]))
            case 1, 2:
                let header = mutator.mutated(Array(chunks.chunks[1].prefix(56)))
                chunks.chunks[1].replaceSubrange(..<56, with: ReferenceCRC.sealed(header))
            default: chunks.chunks[1] = mutator.mutated(chunks.chunks[1], from: 56)
            }
            return chunks
        } decode: { chunks in
            try chunks.decoded(cube.description) == samples
        }
    }

    private static func cube(_ type: SampleType, nodata: Double? = nil) throws -> MemoryCube {
        try .scene(lines: 10, samples: 11, bands: 7, type, nodata: nodata, scale: 300)
    }

    @Test(arguments: [
        (SampleType.int16, Fidelity.lossless, Double?.none),
        (.uint16, .maximumError(2), 25), (.float32, .lossless, nil),
        (.float64, .maximumRelativeError(percent: 1), nil),
    ])
    func `coder 1, band differences`(
        type: SampleType, fidelity: Fidelity, nodata: Double?
    ) throws {
        try runExact(
            "coder 1, \(type.rawValue), \(fidelity)", try Self.cube(type, nodata: nodata),
            fidelity, coder: .bandDifference, named: 1)
    }

    @Test(arguments: [
        (SampleType.int16, Fidelity.lossless, Double?.none), (.uint16, .maximumError(2), 25),
        (.uint16, .maximumRelativeError(percent: 1), nil),
        (.float32, .maximumError(0.5), 25),
    ])
    func `coder 2, CCSDS 123`(type: SampleType, fidelity: Fidelity, nodata: Double?) throws {
        let cube = try Self.cube(type, nodata: nodata)
        try runExact(
            "coder 2, \(type.rawValue), \(fidelity)", cube, fidelity,
            coder: .automatic(sample: cube.block), named: 2)
    }

    @Test(arguments: [
        (SampleType.int16, Fidelity.lossless, Double?.none), (.int32, .lossless, nil),
        (.uint16, .maximumError(2), 25),
    ])
    func `coder 3, adaptive`(type: SampleType, fidelity: Fidelity, nodata: Double?) throws {
        let cube = try Self.cube(type, nodata: nodata)
        try runExact(
            "coder 3, \(type.rawValue), \(fidelity)", cube, fidelity, coder: .best(sample: nil),
            named: 3)
    }

    /// Cubes beside which the allowance is small: with them the bounds are those of the factors.
    @Test(arguments: [1, 2, 3] as [UInt8])
    func `cubes of a megabyte`(code: UInt8) throws {
        let cube = try MemoryCube.scene(
            lines: 64, samples: 64, bands: 128, .int16, scale: 300)
        try #require(cube.block.bytes.count == 1 << 20)
        let coder: ExactCoderChoice =
            switch code {
            case 1: .bandDifference
            case 2: .automatic(sample: nil)
            default: .best(sample: nil)
            }
        try runExact(
            "coder \(code), a megabyte", cube, .lossless, coder: coder, named: code,
            count: Self.largeCount)
    }

    /// Bytes of the cube that a standard stream says it is of, as far as its length allows for it.
    private static func claimedByteCount(_ stream: [UInt8]) -> Int {
        guard stream.count > 8 else { return 0 }
        let extent = stride(from: 1, to: 7, by: 2).map { place in
            let field = Int(stream[place]) << 8 | Int(stream[place + 1])
            return field == 0 ? 1 << 16 : field
        }
        let field = Int(stream[7] >> 1)
        let bitDepth = (field & 15 == 0 ? 16 : field & 15) + (field & 16)
        let isSigned = field & 64 != 0
        let byteCount = bitDepth <= 8 && !isSigned ? 1 : bitDepth <= 16 ? 2 : 4
        return min(extent.reduce(1, *), stream.count * 2048) * byteCount
    }

    @Test(arguments: StandardStreamOptions.Coder.allCases, [0, 3])
    func `standard streams`(coder: StandardStreamOptions.Coder, maximumError: Int) throws {
        let cube = try Self.cube(.int16)
        var options = StandardStreamOptions()
        options.coder = coder
        options.maximumError = maximumError
        options.order = maximumError == 0 ? .bsq : .bip
        options.searchesParameters = false
        options.writesWavelengths = true
        let bands = (0..<7).map { BandDescription(wavelengthNanometers: 400 + 9 * Double($0)) }
        let original = try StandardStream(
            encoding: cube.block, bands: bands, options: options
        ).bytes
        // The header of the standard states the extent, so the cube may be another one.
        try run(
            "standard, \(coder.rawValue), error \(maximumError)", sound: original,
            cubeByteCount: Self.claimedByteCount
        ) {
            $0.mutated(original)
        } decode: { bytes in
            let decoded = try StandardCube(decoding: bytes)
            return decoded.cube.block.sampleCount <= bytes.count * 2048
        }
    }

    /// Bytes of the cube whose latent it is, as 16-bit samples.
    private static let latentCubeByteCount = 2 * LatentTests.geometry.sampleCount

    @Test func latents() throws {
        let latent = try LatentTests.latent(rows: 2, columns: 3, latentCount: 6)
        let original = LatentBitstream(encoding: try QuantizedLatent(latent, step: 0.05)).bytes
        try run(
            "latent", sound: original, cubeByteCount: { _ in Self.latentCubeByteCount }
        ) { mutator in
            let bytes = mutator.mutated(original)
            return mutator.index(below: 4) > 0 ? ReferenceCRC.sealed(bytes) : bytes
        } decode: { bytes in
            let decoded = try LatentBitstream.decode(bytes, geometry: LatentTests.geometry)
            return decoded.latent.values.allSatisfy { $0.isFinite }
                && decoded.latent.bandStates.count == 6
        }
    }

    /// With seams as they are and values about 0, and with seams smoothed and values about means.
    @Test(arguments: [0, 3])
    func `latents coded against a prior`(deblockingLevel: Int) throws {
        let latent = try LatentTests.latent(rows: 2, columns: 3, latentCount: 6)
        let network = try PriorFixture.network(
            latentCount: 6, grid: .cells(rows: 2, columns: 3), isCentred: deblockingLevel > 0)
        let original = LatentBitstream(
            encoding: try PriorFixture.quantized(latent, network, exponent: 1)
                .with(Deblocking(level: deblockingLevel))
        ).bytes
        try run(
            "latent of a prior", sound: original, cubeByteCount: { _ in Self.latentCubeByteCount }
        ) { mutator in
            let bytes = mutator.mutated(original)
            return mutator.index(below: 4) > 0 ? ReferenceCRC.sealed(bytes) : bytes
        } decode: { bytes in
            let decoded = try LatentBitstream.decode(
                bytes, geometry: LatentTests.geometry, network: network)
            return decoded.latent.values.allSatisfy { $0.isFinite }
                && decoded.latent.bandStates.count == 6
        }
    }

    @Test func `base networks`() throws {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 2, hiddenWidth: 5, latentCount: 3, outputCount: 4, omega: 15)
        let network = try BaseNetwork(
            parameters: FieldParameters(seeding: architecture, seed: 4),
            bandGrid: BandGrid(
                wavelengthNanometers: [400.25, nil, 500, 600], mergeNanometers: 1.5),
            latentGrid: .tiles(lines: 9, samples: 4),
            inner: InnerSettings(stepCount: 3, rates: [1, 0.5, 0]))
        let original = try network.serialized()
        try run("base network", sound: original, cubeByteCount: { $0.count }) { mutator in
            let bytes = mutator.mutated(original)
            guard mutator.index(below: 4) > 0, bytes.count > SHA256Digest.byteCount else {
                return bytes
            }
            let contents = Array(bytes.dropLast(SHA256Digest.byteCount))
            return contents + SHA256Hasher.digest(of: contents).bytes
        } decode: { bytes in
            // A mutation may say the same in another way, such as by another power of two.
            let written = try BaseNetwork(bytes: bytes).serialized()
            return try BaseNetwork(bytes: written).serialized() == written
        }
    }
}
