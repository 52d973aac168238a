import Basics
import CCSDS123
import Cube
import Testing

struct GoldenStreamTests {
    /// Requires an image to become a stream, and the stream the image; both within its limits.
    private func expect(
        _ image: CCSDSImage, _ parameters: CCSDSParameters, gives hexadecimal: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let stream = try CCSDSEncoder.encode(image, parameters: parameters)
        let found = stream.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(found == hexadecimal, sourceLocation: sourceLocation)
        let decoded = try CCSDSDecoder.decode(stream, maximumSampleCount: image.values.count)
        if parameters.fidelity.isLossless {
            #expect(decoded.image == image, sourceLocation: sourceLocation)
        }
        #expect(decoded.header.parameters == parameters, sourceLocation: sourceLocation)
    }

    // The next three streams are written alike by two public implementations of the standard.

    @Test func `a constant image in the hybrid coder is the standard's stream`() throws {
        let image = try GoldenStreams.constant(
            65535, lines: 16, samples: 16, bands: 5, bitDepth: 16)
        try expect(
            image, GoldenStreams.usual(.hybrid(initialAccumulator: nil)),
            gives: "000010001000050100000a000c00a259009220fffe03c00000078000007400010001e0"
                + "00001e04d30b1cf13300000100000100000100000100000180")
    }

    @Test func `a constant image in the sample-adaptive coder is the standard's stream`() throws {
        let image = try GoldenStreams.constant(
            1234, lines: 16, samples: 16, bands: 5, bitDepth: 16)
        try expect(
            image,
            GoldenStreams.usual(.sampleAdaptive(accumulatorInitialization: .common(3))),
            gives: "0000100010000501000008000c00a259009226f65b889255557fffffffffffffffffffffffff"
                + "ffffffffffffffffffffffffffffffffffe00011124aaaafffffffffffffffffffffffffffffff"
                + "fffffffffffffffffffffffffffffc000222495555ffffffffffffffffffffffffffffffffffff"
                + "ffffffffffffffffffffffff800044492aaabfffffffffffffffffffffffffffffffffffffffff"
                + "fffffffffffffffffff0000889255557ffffffffffffffffffffffffffffffffffffffffffffff"
                + "fffffffffffffe")
    }

    @Test func `zeros with an error limit are the standard's stream`() throws {
        let image = try GoldenStreams.constant(0, lines: 16, samples: 16, bands: 4, bitDepth: 16)
        var parameters = GoldenStreams.usual(.hybrid(initialAccumulator: nil))
        parameters.fidelity = .absolute(1)
        try expect(
            image, parameters,
            gives: "000010001000040100000a400c00a2590001809220ffff03c00000078000007400010001e0"
                + "0c8094434380000040000040000040000060")
    }

    // The NTNU verification model (with the absolute value of eqs. 44 and 45) writes the next five
    // alike.

    @Test func `a surface keeps its stream in the sample-adaptive coder`() throws {
        let image = try GoldenStreams.surface(bitDepth: 12, isSigned: false)
        try expect(
            image,
            GoldenStreams.usual(.sampleAdaptive(accumulatorInitialization: .common(4))),
            gives: "0000050004000419000008000c00a259009228d7f001ffffffff43303f12de11ee951e1c56b2"
                + "48340c0018b6b0a5c0b2c89725a0610adeeea06f8080770014198f268bf18128ae285aacc85b2d"
                + "0201100d0ae4ed65213e838e6dbcecf0eb49f1")
    }

    @Test func `a surface keeps its stream in the hybrid coder`() throws {
        let image = try GoldenStreams.surface(bitDepth: 10, isSigned: true)
        try expect(
            image, CCSDSParameters(),
            gives: "000005000400049500000a002200f49d0092203bfe7ffff0d3062cfa61a62cf864c36c18145a"
                + "a1a50aea74a83b9795062010071a27ffc3043fdada2154401070f221089d0fbe20410fb206a000"
                + "000000021b0033800f6003cc80")
    }

    @Test func `a surface of 32 bits keeps its stream`() throws {
        let image = try GoldenStreams.surface(bitDepth: 32, isSigned: true)
        try expect(
            image, CCSDSParameters(),
            gives: "00000500040004a100000a002200f49d0092203bffffffffffffe7ffffffffffffffffffffff"
                + "ffff0ffffff4ffffff07fffff8bfffffcffffffe9fffffe1fffffe9fffffe2ffffff3ffffff87f"
                + "ffff93fffffc3fffffdbfffffc18000000400000442ffffe0ffffe81ffff86000002491fffc2c2"
                + "a002e56000ae82002720000512c000a9f9ffe0fc4001b4cbffe4dffff67880061fd00154efffc1"
                + "516002200000008000045ffffe27ffff007a0000464ffffe2428001fb98007e7c001eed7ffc200"
                + "0004008fffc3fbc003ce2000de74002be00005b2c0008cb3ffe17200014e77ffc4000000100004"
                + "02ffffe0fa00008660000613ffff00c00040388008049fff1071800e83fffe1f88001df4400784"
                + "e0010ddbffc05c00020bd7ffe1a13001c78000657f001000000000000115ffffde0069f1bff400"
                + "7f5afff6007c209ff840")
    }

    @Test func `the elaborate options keep their stream in the sample-adaptive coder`() throws {
        let image = try GoldenStreams.surface(bitDepth: 9, isSigned: true)
        let initialization = CCSDSBandValue.perBand([0, 3, 2, 1])
        try expect(
            image,
            GoldenStreams.elaborate(.sampleAdaptive(accumulatorInitialization: initialization)),
            gives: "0000050004000492000320c049608048e50f801000a00fc82103a408101f0e21104102450260"
                + "011b485f0321934f00ee3010000c01a1818645020918508081000050002513769a268f332f379d"
                + "19e20ade807d234bc88fca53ebb53342d0825ae0dd59d80d54a1bbefbf2c40bbab0dce7ebf4000")
    }

    @Test func `the elaborate options keep their stream in the hybrid coder`() throws {
        let image = try GoldenStreams.surface(bitDepth: 9, isSigned: true)
        try expect(
            image, GoldenStreams.elaborate(.hybrid(initialAccumulator: nil)),
            gives: "0000050004000492000322c049608048e50f801000a00fc82103a408101f0e21104102450260"
                + "011b4840934f00ee3010040b081310185108a488820810082a07364e4c8ea52ead9aa4e44a5ebf"
                + "005545e447d6a7976a3ac38042655ab2ad6c1a85a970fbefce20b8f586e39fafd8000000000004"
                + "da04901250277400")
    }

    // Made when this encoder agreed with all reference streams.
    @Test func `every low-entropy code keeps its words`() throws {
        let image = try GoldenStreams.sparse()
        var parameters = CCSDSParameters()
        parameters.prediction = CCSDSPrediction(bandCount: 0, localSum: .narrowColumn)
        let stream = try CCSDSEncoder.encode(image, parameters: parameters)
        let decoded = try CCSDSDecoder.decode(stream, maximumSampleCount: 100_000)
        #expect(decoded.image == image)
        #expect(
            SHA256Hasher.digest(of: stream).hexadecimal
                == "3caf48c61a68ea2cc01c3d42ad0594aebe8d868840e03feda6266ad943778b4f")
    }
}
