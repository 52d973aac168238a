import Basics
import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct HostileFilesTests {
    private static let header = ENVIFixture.header(
        extra: """
            description = {
              a {b} c}
            map info = {UTM, 1, 1, 380952.37, 5820372.35, 30, 30, 33, North,WGS-84, rotation=3}
            acquisition time = 2009-08-20T09:44:50.25Z
            wavelength units = Micrometers
            wavelength = {0.4, 0.5, 0.6, 0.7, 0.8}
            fwhm = {0.01, 0.01, 0.01, 0.01, 0.02}
            bbl = {1, 1, 0, 1, 1}
            band names = {a, b (c, d), c, d, e}
            data ignore value = -9999
            """)

    @Test func `two thousand damaged headers are read or refused, and what is read is sound`()
        throws
    {
        var generator = SeededGenerator(seed: 31)
        var soundCount = 0
        for _ in 0..<2000 {
            var bytes = Array(Self.header.utf8)
            HeaderMutation.mutate(&bytes, &generator)
            do {
                let header = try ENVIHeader(parsing: bytes, path: "fuzz.hdr")
                #expect(header.bytes == bytes)
                let image = try ENVIImage(header)
                #expect(image.leastByteCount >= image.description.sampleByteCount)
                let layout = ENVIBinaryLayout(interleave: image.interleave)
                let text = ENVIHeaderText(image.description, layout: layout)
                let again = try ENVIImage(ENVIHeader(parsing: text.bytes, path: "again.hdr"))
                #expect(again.description.geometry == image.description.geometry)
                soundCount += 1
            } catch {
                #expect(error.description.contains("fuzz.hdr"))
            }
        }
        #expect((200..<1900).contains(soundCount))
    }

    @Test func `damaged arrays are read or refused`() throws {
        let folder = try TemporaryFolder()
        let cube = try MemoryCubeFixture.small()
        let path = folder.file("a.npy")
        let writer = try NumPyWriter(creating: path, description: cube.description)
        try writer.write(cube.block)
        try writer.finish()
        let good = Array(try Data(contentsOf: URL(filePath: path)))
        var generator = SeededGenerator(seed: 32)
        var refusedCount = 0
        for _ in 0..<500 {
            var bytes = good
            for _ in 0...generator.index(below: 3) {
                bytes[generator.index(below: 100)] = UInt8(truncatingIfNeeded: generator.next())
            }
            try folder.write("b.npy", bytes)
            do {
                let damaged = try NumPyCube(path: folder.file("b.npy"))
                _ = try damaged.read(lines: 0..<1)
            } catch let error as CubeFilesError {
                #expect(error.description.contains("b.npy"))
                refusedCount += 1
            }
        }
        #expect(refusedCount > 100)
    }
}
