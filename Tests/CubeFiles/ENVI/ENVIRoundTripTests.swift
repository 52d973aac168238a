import Basics
import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct ENVIRoundTripTests {
    @Test(arguments: SampleType.allCases, Interleave.allCases)
    func `every layout is read exactly and rebuilt byte for byte`(
        sampleType: SampleType, interleave: Interleave
    ) throws {
        let cube = try MemoryCube.random(
            lines: 5, samples: 7, bands: 6, sampleType: sampleType, seed: 1)
        for byteOrder in [ByteOrder.littleEndian, .bigEndian] {
            for (prefix, trailing) in [([], []), ([9, 8, 7], [1, 2])] as [([UInt8], [UInt8])] {
                let folder = try TemporaryFolder()
                let opened = try ENVIFixture.open(
                    cube, in: folder, interleave: interleave, byteOrder: byteOrder,
                    prefix: prefix, trailing: trailing)
                #expect(try opened.source.read(lines: 0..<5).bytes == cube.block.bytes)
                let copy = folder.file("copy.img")
                try rebuild(opened, at: copy, from: opened.source)
                let original = try Data(contentsOf: URL(filePath: folder.file("cube.img")))
                #expect(try Data(contentsOf: URL(filePath: copy)) == original)
            }
        }
    }

    @Test(arguments: Interleave.allCases, [ByteOrder.littleEndian, .bigEndian])
    func `windows and bands written in any order rebuild the file`(
        interleave: Interleave, byteOrder: ByteOrder
    ) throws {
        let cube = try MemoryCube.random(
            lines: 6, samples: 9, bands: 7, sampleType: .int32, seed: 2)
        let folder = try TemporaryFolder()
        let opened = try ENVIFixture.open(
            cube, in: folder, interleave: interleave, byteOrder: byteOrder, prefix: [1, 2, 3])
        let layout = try #require(opened.binaryLayout)
        let writer = try ENVIBinaryWriter(
            creating: folder.file("copy.img"), description: cube.description, layout: layout,
            prefixBytes: try opened.prefixBytes())
        for lines in [3..<6, 0..<3] {
            for samples in [4..<9, 0..<4] {
                for bands in [[6, 0, 3], [5, 4], [1, 2]] {
                    let window = CubeWindow(lines: lines, samples: samples)
                    try writer.write(cube.read(window, bandIndices: bands))
                }
            }
        }
        try writer.finish()
        let original = try Data(contentsOf: URL(filePath: folder.file("cube.img")))
        #expect(try Data(contentsOf: URL(filePath: folder.file("copy.img"))) == original)
    }

    @Test(arguments: Interleave.allCases)
    func `windows and bands equal crops of the whole`(interleave: Interleave) throws {
        let cube = try MemoryCube.random(
            lines: 40, samples: 70, bands: 50, sampleType: .uint16, seed: 3)
        let folder = try TemporaryFolder()
        let opened = try ENVIFixture.open(
            cube, in: folder, interleave: interleave, byteOrder: .bigEndian, prefix: [0])
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<60 {
            let (line, sample) = (generator.index(below: 40), generator.index(below: 70))
            let window = CubeWindow(
                lines: line..<line + 1 + generator.index(below: 40 - line),
                samples: sample..<sample + 1 + generator.index(below: 70 - sample))
            let bands = (0..<1 + generator.index(below: 8)).map { _ in generator.index(below: 50) }
            let block = try opened.source.read(window, bandIndices: bands)
            #expect(block == (try cube.read(window, bandIndices: bands)))
        }
    }

    @Test func `gaps wider than one read are stepped over`() throws {
        let cube = try MemoryCube.random(
            lines: 6, samples: 3000, bands: 5, sampleType: .float64, seed: 5)
        for interleave in Interleave.allCases {
            let folder = try TemporaryFolder()
            let opened = try ENVIFixture.open(
                cube, in: folder, interleave: interleave, byteOrder: .littleEndian)
            let window = CubeWindow(lines: 1..<5, samples: 100..<103)
            for bands in [[4, 0], [2], [0, 1, 2, 3, 4]] {
                let block = try opened.source.read(window, bandIndices: bands)
                #expect(block == (try cube.read(window, bandIndices: bands)))
            }
        }
    }

    @Test func `a writer that lacks samples refuses to finish`() throws {
        let cube = try MemoryCube.random(
            lines: 4, samples: 2, bands: 2, sampleType: .uint8, seed: 6)
        let folder = try TemporaryFolder()
        let writer = try ENVIBinaryWriter(
            creating: folder.file("x.img"), description: cube.description,
            layout: ENVIBinaryLayout(interleave: .bip))
        try writer.write(cube.read(lines: 0..<3))
        #expect(
            throws: CubeFilesError.writeIncomplete(
                path: folder.file("x.img"), expectedSampleCount: 16, writtenSampleCount: 12)
        ) { try writer.finish() }
    }

    @Test func `concurrent readers get the same samples`() async throws {
        let cube = try MemoryCube.random(
            lines: 64, samples: 32, bands: 16, sampleType: .int16, seed: 7)
        let folder = try TemporaryFolder()
        let opened = try ENVIFixture.open(
            cube, in: folder, interleave: .bip, byteOrder: .bigEndian)
        let source = opened.source
        try await withThrowingTaskGroup(of: (Int, SampleBlock).self) { group in
            for line in 0..<64 {
                group.addTask { (line, try source.read(lines: line..<line + 1)) }
            }
            for try await (line, block) in group {
                #expect(block == (try cube.read(lines: line..<line + 1)))
            }
        }
    }

    @Test func `bands and windows outside the cube are refused`() throws {
        let cube = try MemoryCube.random(
            lines: 2, samples: 2, bands: 2, sampleType: .uint8, seed: 8)
        let folder = try TemporaryFolder()
        let source = try ENVIFixture.open(
            cube, in: folder, interleave: .bsq, byteOrder: .littleEndian
        ).source
        let whole = CubeWindow(lines: 0..<2, samples: 0..<2)
        #expect(throws: CubeError.self) { try source.read(whole, bandIndices: [2]) }
        #expect(throws: CubeError.self) { try source.read(lines: 0..<3) }
        #expect(try source.read(whole, bandIndices: []).bytes.isEmpty)
    }

    @Test func `a binary that shrinks after opening ends in an error`() throws {
        let cube = try MemoryCube.random(
            lines: 64, samples: 64, bands: 4, sampleType: .uint16, seed: 9)
        let folder = try TemporaryFolder()
        let opened = try ENVIFixture.open(
            cube, in: folder, interleave: .bsq, byteOrder: .littleEndian)
        #expect(truncate(folder.file("cube.img"), 1000) == 0)
        #expect(throws: BasicsError.self) { try opened.source.read(lines: 0..<64) }
    }
}

/// Writes the file of an opened cube anew from samples of `source`, last lines first.
func rebuild(_ opened: OpenedCube, at path: String, from source: any CubeSource) throws {
    let writer = try ENVIBinaryWriter(
        creating: path, description: opened.source.description,
        layout: try #require(opened.binaryLayout), prefixBytes: try opened.prefixBytes(),
        trailingBytes: try opened.trailingBytes())
    for lines in source.lineRanges(ofAtMost: 1 << 18).reversed() {
        try writer.write(source.read(lines: lines))
    }
    try writer.finish()
}
