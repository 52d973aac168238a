import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct NumPyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A file as NumPy lays it out, its header written by hand.
    private func write(
        _ dictionary: String, _ samples: [UInt8] = [], version: UInt8 = 1, name: String = "a.npy"
    ) throws -> String {
        let text = Array((dictionary + "\n").utf8)
        let low = UInt8(text.count & 255)
        let high = UInt8(text.count >> 8)
        let length: [UInt8] = version == 1 ? [low, high] : [low, high, 0, 0]
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
        return try folder.write(name, magic + length + text + samples)
    }

    private func refusal(_ dictionary: String, _ samples: [UInt8] = []) throws -> String {
        let path = try write(dictionary, samples)
        do {
            _ = try NumPyCube(path: path)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    private static let codes: [SampleType: String] = [
        .uint8: "u1", .int16: "i2", .uint16: "u2", .int32: "i4", .uint32: "u4", .int64: "i8",
        .uint64: "u8", .float32: "f4", .float64: "f8",
    ]

    @Test(arguments: SampleType.allCases, [false, true])
    func `every type, order and version is read exactly`(
        sampleType: SampleType, isFortran: Bool
    ) throws {
        let cube = try MemoryCube.random(
            lines: 5, samples: 6, bands: 7, sampleType: sampleType, seed: 21)
        for (byteOrder, mark) in [(ByteOrder.littleEndian, "<"), (.bigEndian, ">")] {
            for version in [UInt8(1), 2, 3] {
                let order = isFortran ? "True" : "False"
                let code = try #require(Self.codes[sampleType])
                let samples = FileBytes.bytes(
                    of: cube, axes: isFortran ? [.band, .sample, .line] : [.line, .sample, .band],
                    byteOrder: byteOrder)
                let path = try write(
                    "{'descr': '\(mark)\(code)', 'fortran_order': \(order), 'shape': (5, 6, 7), }",
                    samples, version: version)
                let opened = try NumPyCube(path: path)
                #expect(opened.description == cube.description)
                #expect(try opened.read(lines: 0..<5) == cube.block)
                let window = CubeWindow(lines: 1..<4, samples: 2..<5)
                let crop = try cube.read(window, bandIndices: [6, 0, 3])
                #expect(try opened.read(window, bandIndices: [6, 0, 3]) == crop)
                #expect((opened.layout == nil) == isFortran)
            }
        }
    }

    @Test func `a file in C order is rebuilt byte for byte`() throws {
        let cube = try MemoryCubeFixture.small()
        let samples = FileBytes.bytes(
            of: cube, axes: [.line, .sample, .band], byteOrder: .bigEndian)
        let path = try write(
            "{'descr':'>i2',  'fortran_order':False,'shape':(3,4,5)}", samples + [1, 2])
        let opener = CubeOpener()
        let opened = try opener.open(opener.fileSet(for: path))
        #expect(opened.warnings == ["2 bytes follow the last sample"])
        try rebuild(opened, at: folder.file("copy"), from: opened.source)
        #expect(
            try Data(contentsOf: URL(filePath: folder.file("copy")))
                == Data(contentsOf: URL(filePath: path)))
    }

    @Test(arguments: SampleType.allCases)
    func `what the writer writes, the reader reads`(sampleType: SampleType) throws {
        let cube = try MemoryCube.random(
            lines: 5, samples: 6, bands: 7, sampleType: sampleType, seed: 22)
        let path = folder.file("w.npy")
        let writer = try NumPyWriter(creating: path, description: cube.description)
        for lines in [3..<5, 0..<3] { try writer.write(cube.read(lines: lines)) }
        try writer.finish()
        let opened = try NumPyCube(path: path)
        #expect(opened.description == cube.description)
        #expect(try opened.read(lines: 0..<5) == cube.block)
        #expect(try #require(opened.layout).headerOffsetByteCount % 64 == 0)
        #expect(opened.warnings.isEmpty)
    }

    @Test func `the writer's header is NumPy's own`() throws {
        let cube = try MemoryCubeFixture.small()
        let path = folder.file("w.npy")
        let writer = try NumPyWriter(creating: path, description: cube.description)
        try writer.write(cube.block)
        try writer.finish()
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let text = "{'descr': '<i2', 'fortran_order': False, 'shape': (3, 4, 5), }"
        let header =
            [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
            + [UInt8](repeating: 0x20, count: 117 - text.utf8.count) + [0x0A]
        #expect(Array(bytes.prefix(128)) == header)
    }

    @Test(arguments: [
        ("{'descr': '<c8', 'fortran_order': False, 'shape': (1, 1, 1)}", "complex"),
        ("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1, 1)}", "type 'f2'"),
        ("{'descr': '|b1', 'fortran_order': False, 'shape': (1, 1, 1)}", "type 'b1'"),
        ("{'descr': '|i1', 'fortran_order': False, 'shape': (1, 1, 1)}", "type 'i1'"),
        ("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1, 1)}", "objects"),
        ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 1, 1)}", "records"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (10, 10)}", "has 2 dimensions"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (10,)}", "has 1 dimensions"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", "has 0 dimensions"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3, 4)}", "has 4 dimensions"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 2, 3)}", "cannot be a cube"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2, 3)}", "cannot be a cube"),
        (
            "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999, 9)}",
            "cannot be a cube"
        ),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (a, 2, 3)}", "not whole numbers"),
        ("{'fortran_order': False, 'shape': (1, 1, 1)}", "no 'descr'"),
        ("{'descr': '<f4', 'shape': (1, 1, 1)}", "no 'fortran_order'"),
        ("{'descr': '<f4', 'fortran_order': False}", "no 'shape'"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 9, 9)}", "is truncated"),
    ])
    func `what is no cube is refused with the reason`(dictionary: String, reason: String) throws {
        let text = try refusal(dictionary)
        #expect(text.contains(reason))
        #expect(text.contains(folder.path))
    }

    @Test func `damaged files are refused and never end the process`() throws {
        let good = try Array(
            Data(
                contentsOf: URL(
                    filePath: write(
                        "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 1, 1)}", [1, 2]))))
        for count in 0..<good.count {
            let path = try folder.write("b.npy", Array(good.prefix(count)))
            #expect(throws: CubeFilesError.self) { try NumPyCube(path: path) }
        }
        for index in 0..<12 {
            var bytes = good
            bytes[index] = 0xFF
            let path = try folder.write("b.npy", bytes)
            if index == 7 { continue }
            #expect(throws: CubeFilesError.self, "byte \(index)") { try NumPyCube(path: path) }
        }
    }

    @Test(
        .enabled(if: RealScenes.areHere, RealScenes.absence),
        arguments: [
            ("enmap_potsdam_64x128x224_i16.npy", "64 lines x 128 samples x 224 bands"),
            ("samson_95x95x156_u16.npy", "95 lines x 95 samples x 156 bands"),
        ])
    func `arrays that NumPy wrote are read and rebuilt`(name: String, extent: String) throws {
        let opener = CubeOpener()
        let opened = try opener.open(opener.fileSet(for: RealScenes.path("derived/" + name)))
        #expect(opened.source.description.geometry.description == extent)
        try rebuild(opened, at: folder.file("copy"), from: opened.source)
        #expect(
            try Data(contentsOf: URL(filePath: folder.file("copy")))
                == Data(contentsOf: URL(filePath: RealScenes.path("derived/" + name))))
    }
}
