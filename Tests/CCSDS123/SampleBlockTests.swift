import CCSDS123
import Cube
import TestSupport
import Testing

struct SampleBlockTests {
    @Test(arguments: [SampleType.uint8, .int16, .uint16, .int32, .uint32])
    func `blocks of every integer type come back bit for bit`(type: SampleType) throws {
        let cube = try MemoryCube.random(lines: 4, samples: 6, bands: 3, sampleType: type, seed: 5)
        let window = CubeWindow(lines: 0..<4, samples: 0..<6)
        let block = cube.block
        let image = try CCSDSImage(block)
        #expect(image.bitDepth <= 8 * type.byteCount)
        let stream = try CCSDSEncoder.encode(image, parameters: CCSDSParameters())
        let decoded = try CCSDSDecoder.decode(stream, maximumSampleCount: 72).image
        let back = try decoded.block(window: window, bandIndices: [0, 1, 2], sampleType: type)
        #expect(back == block)
    }

    @Test func `floats are refused`() throws {
        let block = SampleBlock(
            zeroed: CubeWindow(lines: 0..<1, samples: 0..<2), bandIndices: [0],
            sampleType: .float32)
        #expect(throws: CCSDSError.unsupported(feature: "float32 samples")) {
            try CCSDSImage(block)
        }
    }

    @Test func `the bit depth is the smallest that holds all samples`() {
        #expect(CCSDSImage.bitDepth(holding: [0, 5, 7], isSigned: false) == 3)
        #expect(CCSDSImage.bitDepth(holding: [0, 8], isSigned: false) == 4)
        #expect(CCSDSImage.bitDepth(holding: [-1], isSigned: false) == 32)
        #expect(CCSDSImage.bitDepth(holding: [0], isSigned: false) == 2)
        #expect(CCSDSImage.bitDepth(holding: [-128, 127], isSigned: true) == 8)
        #expect(CCSDSImage.bitDepth(holding: [-129], isSigned: true) == 9)
        #expect(CCSDSImage.bitDepth(holding: [Int32.min], isSigned: true) == 32)
    }
}
