import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct ENVICompressionTests {
    private let folder: TemporaryFolder
    private let cube: MemoryCube
    private let samples: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        cube = try MemoryCubeFixture.small()
        samples = FileBytes.bytes(
            of: cube, axes: FileBytes.axes(of: .bil), byteOrder: .littleEndian)
    }

    private func open(_ binary: [UInt8], offset: Int = 0) throws -> OpenedCube {
        let text = ENVIFixture.header(offset: offset, extra: "file compression = 1")
        try folder.write("X.hdr", Array(text.utf8))
        try folder.write("X.img", binary)
        let opener = CubeOpener(temporaryFolder: folder.path)
        return try opener.open(opener.fileSet(for: folder.file("X.hdr")))
    }

    @Test func `a compressed binary reads like any other and leaves no file behind`() throws {
        let opened = try open(Gzip.compress([1, 2, 3] + samples), offset: 3)
        #expect(try opened.source.read(lines: 0..<3) == cube.block)
        #expect(opened.binaryLayout == nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["X.hdr", "X.img"])
    }

    @Test func `members one after another and padding are as gzip takes them`() throws {
        let (first, second) = (Array(samples.prefix(50)), Array(samples.dropFirst(50)))
        let members = try Gzip.compress(first) + Gzip.compress(second)
        #expect(try open(members).source.read(lines: 0..<3) == cube.block)
        let padded = members + [UInt8](repeating: 0, count: 1000)
        #expect(try open(padded).source.read(lines: 0..<3) == cube.block)
    }

    @Test func `a stream that ends early or is damaged is refused`() throws {
        let compressed = try Gzip.compress(samples)
        #expect(throws: CubeFilesError.self) { try open(Array(compressed.dropLast(20))) }
        var damaged = compressed
        damaged[compressed.count / 2] ^= 0xFF
        #expect(throws: CubeFilesError.self) { try open(damaged) }
        #expect(throws: CubeFilesError.self) { try open(Array(compressed.prefix(3))) }
        #expect(
            throws: CubeFilesError.binaryTruncated(
                path: folder.file("X.img"), expectedByteCount: 120, foundByteCount: 119)
        ) { try open(Gzip.compress(Array(samples.dropLast()))) }
    }

    @Test func `a small file that inflates to gigabytes is refused early`() throws {
        let path = try folder.write("bomb", [])
        #expect(truncate(path, 40 << 20) == 0)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-1", path]
        try process.run()
        process.waitUntilExit()
        let bomb = Array(try Data(contentsOf: URL(filePath: path + ".gz")))
        #expect(
            throws: CubeFilesError.compressedStreamInvalid(
                path: folder.file("X.img"), reason: "it holds more than 16777336 bytes")
        ) { try open(bomb) }
    }

    @Test func `a header that wrongly calls its binary compressed is corrected`() throws {
        let opened = try open(samples)
        #expect(try opened.source.read(lines: 0..<3) == cube.block)
        #expect(opened.binaryLayout?.isCompressed == false)
        #expect(opened.warnings == ["the header calls the binary compressed, but it is not"])
    }
}
