import Basics
import Cube
import CubeCodec
import MetaLearning
import TestSupport
import Testing

struct HostileLatentTests {
    @Test func `mutations of a latent are refused or decode to some latent`() throws {
        let latent = try LatentTests.latent(rows: 2, columns: 3, latentCount: 6)
        let original = LatentBitstream(encoding: try QuantizedLatent(latent, step: 0.05)).bytes
        var generator = SeededGenerator(seed: 33 &+ Mutations.seedOffset)
        var (unsealedCount, decodedCount) = (0, 0)
        let count = Mutations.count(usually: 10_000)
        for _ in 0..<count {
            var bytes = original
            for _ in 0...generator.index(below: 3) { mutate(&bytes, &generator) }
            let isSealed = generator.index(below: 4) > 0
            if isSealed { bytes = ReferenceCRC.sealed(bytes) }
            do {
                let decoded = try LatentBitstream.decode(bytes, geometry: LatentTests.geometry)
                #expect(decoded.latent.values.allSatisfy { $0.isFinite })
                #expect(decoded.latent.bandStates.count == 6)
                decodedCount += 1
                if !isSealed && bytes != original { unsealedCount += 1 }
            } catch {
                continue
            }
        }
        #expect(unsealedCount == 0)
        // With the checksum mended many mutations only change values: the walk is put to the test.
        #expect(decodedCount > count / 20)
        Mutations.report("hostile latent", count, "\(decodedCount) decoded")
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let position = generator.index(below: bytes.count)
        switch generator.index(below: 6) {
        case 0: bytes.remove(at: position)
        case 1: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: position)
        case 2: bytes[position] = [0, 1, 127, 128, 255][generator.index(below: 5)]
        default: bytes[position] ^= 1 << UInt8(generator.index(below: 8))
        }
    }

    @Test func `more cells than the cube has pixels are refused`() throws {
        let latent = try LatentTests.latent(rows: 20, columns: 10, latentCount: 2)
        let bytes = LatentBitstream(encoding: try QuantizedLatent(latent, step: 0.05)).bytes
        let small = try CubeGeometry(lines: 19, samples: 100, bands: 6)
        #expect(throws: CubeCodecError.self) {
            try LatentBitstream.decode(bytes, geometry: small)
        }
        let otherBands = try CubeGeometry(lines: 100, samples: 100, bands: 7)
        #expect(throws: CubeCodecError.self) {
            try LatentBitstream.decode(bytes, geometry: otherBands)
        }
    }

    @Test func `a short stream cannot declare a huge grid`() throws {
        let latent = try LatentTests.latent(latentCount: 1)
        var bytes = LatentBitstream(encoding: try QuantizedLatent(latent, step: 0.05)).bytes
        // rows, columns and latent count are the bytes after magic, version and length.
        #expect(Array(bytes[6..<9]) == [1, 1, 1])
        bytes.replaceSubrange(
            6..<9, with: [0xFF, 0xFF, 0xFF, 0x3F, 0xFF, 0xFF, 0xFF, 0x3F, 0xFF, 0x0F])
        bytes[5] += 7
        let huge = try CubeGeometry(lines: 1 << 28, samples: 1 << 28, bands: 6)
        let error = #expect(throws: CubeCodecError.self) {
            try LatentBitstream.decode(ReferenceCRC.sealed(bytes), geometry: huge)
        }
        #expect("\(String(describing: error))".contains("cells"))
    }

    @Test func `a truncated latent is refused`() throws {
        let stream = LatentBitstream(
            encoding: try QuantizedLatent(try LatentTests.latent(), step: 0.05))
        for count in 0..<stream.bytes.count {
            #expect(throws: CubeCodecError.self) {
                try LatentBitstream.decode(
                    Array(stream.bytes.prefix(count)), geometry: LatentTests.geometry)
            }
        }
    }
}
