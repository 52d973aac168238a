import Basics
import CubeCodec
import TestSupport
import Testing

/// The adaptive coder on another processor, whose emulator counts as one.
@Suite(.enabled(if: ForeignProcessor.isHere, ForeignProcessor.absence))
struct AdaptiveForeignTests {
    @Test func `64-bit Arm codes the same bytes and decodes the same words`() throws {
        let arm = try ForeignProcessor(
            module: "CAdaptivePredictor", driverName: "AdaptiveDriver.c")
        for block in [
            WordBlock.goldenScene, .scene(lines: 3, samples: 300, bands: 12),
            .random(
                WordLayout(bands: 4, lines: 30, samples: 31, wordByteCount: 4), lowest: -77,
                bitCount: 29),
        ] {
            let payload = try #require(AdaptiveCoder().encode(block))
            let (values, maximum) = Self.values(of: block)
            // No band of these is constant.
            let headByteCount = 8 + (block.layout.bands + 7) / 8 + 4
            let stream = Array(payload[headByteCount...])
            var input = ByteWriter()
            for extent in [block.layout.bands, block.layout.lines, block.layout.samples] {
                input.write(UInt32(extent))
            }
            for word in [maximum, UInt32(stream.count)] + values { input.write(word) }
            input.write(bytes: stream)
            let output = try arm.output(of: input.bytes)
            #expect(output.prefix(stream.count) == stream[...])
            #expect(Array(output.dropFirst(stream.count)) == Self.bytes(of: values))
            if block == .goldenScene {
                let found = payload.prefix(headByteCount) + output.prefix(stream.count)
                let digest = SHA256Hasher.digest(of: Array(found))
                #expect("\(digest)" == AdaptiveCoderTests.goldenDigest)
            }
        }
    }

    /// A block's words less the least of them, and the greatest of these.
    private static func values(of block: WordBlock) -> (values: [UInt32], maximum: UInt32) {
        let words = block.bytes.withUnsafeBytes { raw in
            block.layout.wordByteCount == 2
                ? raw.bindMemory(to: Int16.self).map { Int64($0) }
                : raw.bindMemory(to: Int32.self).map { Int64($0) }
        }
        let least = words.min() ?? 0
        let values = words.map { UInt32($0 - least) }
        return (values, values.max() ?? 0)
    }

    private static func bytes(of values: [UInt32]) -> [UInt8] {
        values.withUnsafeBytes { Array($0) }
    }
}
