import Basics
import Cube
import CubeCodec
import Foundation
import MetaLearning
import NeuralField
import TestSupport
import Testing

/// Every decoder among mutated streams: an error or the right samples, no trap, no hang, no memory
/// beyond four times the cube.
///
/// `Benchmarks/fuzz.sh` runs 100,000 per decoder under the address sanitizer; CUBEVAULT_MUTATIONS
/// and CUBEVAULT_MUTATION_SEED say how many and which.
@Suite(.serialized) struct MutatedStreamTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["CUBEVAULT_MUTATIONS"].flatMap { Int($0) } ?? 300
    private static let seed = environment["CUBEVAULT_MUTATION_SEED"].flatMap { UInt64($0) } ?? 1
    /// What decoders need whatever the cube: code tables, one line's statistics, the levels of
    /// relative errors (65,536 for 16-bit samples), and the empty weight vectors of a standard
    /// header that claims 65,536 bands and no predictor.
    private static let allowance = 4 << 20
    /// Streams of each kind whose memory is measured: the test library remembers every error that
    /// is thrown, which soon takes more than any decoder.
    private static let measuredCount = 1000
    private static let longestSeconds = 5.0

    /// Decodes mutated streams one by one.
    ///
    /// - Parameters:
    ///   - cubeByteCount: bytes of what the sound stream decodes to.
    ///   - next: makes a stream.
    ///   - decode: throws, or returns whether what came out may come out.
    private func run<Stream>(
        _ name: String, cubeByteCount: Int, next: (inout Mutator) throws -> Stream,
        decode: (Stream) throws -> Bool
    ) throws {
        var mutator = Mutator(seed: Self.seed)
        var (refusedCount, wrongCount, otherErrorCount, most) = (0, 0, 0, 0)
        var longest = 0.0
        for index in 0..<Self.count {
            let stream = try next(&mutator)
            let started = ContinuousClock.now
            let peak = AllocationMeter.peakByteCount {
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
            if index < Self.measuredCount { most = max(most, peak ?? 0) }
        }
        #expect(wrongCount == 0 && otherErrorCount == 0)
        #expect(refusedCount > Self.count / 4, "hardly anything was refused")
        #expect(longest < Self.longestSeconds)
        #expect(most <= 4 * cubeByteCount + Self.allowance, "\(most) bytes at once")
        if Self.environment["CUBEVAULT_MUTATIONS"] != nil {
            print(
                "\(name): \(Self.count) mutated streams, seed \(Self.seed): \(refusedCount) "
                    + "refused, \(Self.count - refusedCount - wrongCount) sound after all, "
                    + "\(wrongCount) wrong, longest \(longest) s, at most \(most) bytes allocated "
                    + "for a cube of \(cubeByteCount)")
        }
    }

    /// Mutates a block behind its header, or the header with its checksum mended, or chunk 0.
    private func runExact(
        _ name: String, _ cube: MemoryCube, _ fidelity: Fidelity, coder: ExactCoderChoice,
        named coderCode: UInt8
    ) throws {
        let original = try MemoryChunks(cube, fidelity, coder: coder)
        try #require(original.coders == [coderCode])
        let samples = try original.decoded(cube.description)
        try run(name, cubeByteCount: cube.block.bytes.count) { mutator in
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
        // The header of the standard states the extent, so the cube may be another one: what a
        // stream can claim is bounded by its length.
        let largest = original.count * 2048 * 2
        try run(
            "standard, \(coder.rawValue), error \(maximumError)", cubeByteCount: largest
        ) {
            $0.mutated(original)
        } decode: { bytes in
            let decoded = try StandardCube(decoding: bytes)
            return decoded.cube.block.sampleCount <= bytes.count * 2048
        }
    }

    @Test func latents() throws {
        let latent = try LatentTests.latent(rows: 2, columns: 3, latentCount: 6)
        let original = LatentBitstream(encoding: try QuantizedLatent(latent, step: 0.05)).bytes
        try run("latent", cubeByteCount: 36 * 4) { mutator in
            let bytes = mutator.mutated(original)
            return mutator.index(below: 4) > 0 ? ReferenceCRC.sealed(bytes) : bytes
        } decode: { bytes in
            let decoded = try LatentBitstream.decode(bytes, geometry: LatentTests.geometry)
            return decoded.latent.values.allSatisfy { $0.isFinite }
                && decoded.latent.bandStates.count == 6
        }
    }

    @Test func `latents coded against a prior`() throws {
        let latent = try LatentTests.latent(rows: 2, columns: 3, latentCount: 6)
        let network = try PriorFixture.network(
            latentCount: 6, grid: .cells(rows: 2, columns: 3))
        let original = LatentBitstream(
            encoding: try PriorFixture.quantized(latent, network, exponent: 1)
        ).bytes
        try run("latent of a prior", cubeByteCount: 36 * 4) { mutator in
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
        try run("base network", cubeByteCount: original.count) { mutator in
            let bytes = mutator.mutated(original)
            guard mutator.index(below: 4) > 0, bytes.count > SHA256Digest.byteCount else {
                return bytes
            }
            let contents = Array(bytes.dropLast(SHA256Digest.byteCount))
            return contents + SHA256Hasher.digest(of: contents).bytes
        } decode: { bytes in
            try BaseNetwork(bytes: bytes).serialized() == bytes
        }
    }
}
