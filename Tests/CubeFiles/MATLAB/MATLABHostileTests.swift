import Basics
import Cube
import CubeFiles
import Foundation
import Testing
import TestSupport

extension `MATLAB fixtures` {
    @Suite struct `Damaged MATLAB files` {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private func bytes(of kind: MATLABFileKind) throws -> [UInt8] {
            let truth = try MemoryCube.random(
                lines: 6, samples: 5, bands: 8, sampleType: .int16, seed: 3)
            try kind.write(
                [
                    MATLABArray("nRow", row: [6]),
                    MATLABArray("wavelength", row: [1, 2, 3, 4, 5, 6, 7, 8]),
                    MATLABArray("cube", [6, 5, 8], truth.block.bytes, .int16),
                ], to: folder.file("whole.mat"))
            return Array(try Data(contentsOf: URL(filePath: folder.file("whole.mat"))))
        }

        /// Reads everything; true where it could be read, false where it was refused in our own
        /// words.
        private func isReadable(_ bytes: [UInt8]) throws -> Bool {
            let path = try folder.write("damaged.mat", bytes)
            do {
                _ = try MemoryCube(reading: try MATLABCube(path: path, variable: nil))
                return true
            } catch is any CubevaultError {
                return false
            }
        }

        @Test(arguments: [MATLABFileKind.version5, .version5Deflated])
        func `a truncated file is refused at every length`(_ kind: MATLABFileKind) throws {
            let whole = try bytes(of: kind)
            #expect(try isReadable(whole))
            for count in stride(from: 0, to: whole.count, by: 7) where count != 128 {
                #expect(try !isReadable(Array(whole[..<count])), "first \(count) bytes")
            }
        }

        @Test(arguments: [MATLABFileKind.version73, .version73Deflated])
        func `a truncated version 7_3 file is refused`(_ kind: MATLABFileKind) throws {
            let whole = try bytes(of: kind)
            #expect(try isReadable(whole))
            for count in [0, 127, 128, 600, whole.count / 2, whole.count - 1] {
                #expect(try !isReadable(Array(whole[..<count])), "first \(count) bytes")
            }
        }

        @Test(arguments: MATLABFileKind.allCases)
        func `random damage never ends the process`(_ kind: MATLABFileKind) throws {
            let whole = try bytes(of: kind)
            var generator = SeededGenerator(seed: 17)
            let rounds = kind.version == MATLABFileKind.version5.version ? 300 : 40
            var refusedCount = 0
            for _ in 0..<rounds {
                var damaged = whole
                for _ in 0..<8 {
                    let place = 128 + generator.index(below: whole.count - 128)
                    damaged[place] = UInt8(truncatingIfNeeded: generator.next())
                }
                if try !isReadable(damaged) { refusedCount += 1 }
            }
            #expect(refusedCount > 0)
        }

        @Test func `dimensions beyond the file's bytes get no memory`() throws {
            var writer = MATLABWriter()
            writer.header()
            writer.matrix(
                "huge", class: 9, dimensions: [60_000, 60_000, 200], type: 2, values: [1, 2])
            #expect(try !isReadable(writer.bytes))
        }

        @Test func `a big-endian file is read`() throws {
            var writer = MATLABWriter(isBigEndian: true)
            writer.header()
            writer.matrix(
                "cube", class: 10, dimensions: [2, 1, 2], type: 3,
                values: [0, 1, 1, 0, 0xFF, 0xFE, 0, 7])
            let path = try folder.write("big.mat", writer.bytes)
            let cube = try MATLABCube(path: path, variable: nil)
            #expect(try cube.read(lines: 0..<2).doubles() == [1, 256, -2, 7])
        }

        @Test func `small whole numbers of class double keep their stored type`() throws {
            var writer = MATLABWriter()
            writer.header()
            writer.matrix(
                "cube", class: 6, dimensions: [2, 2, 2], type: 1,
                values: [0, 1, 0x80, 0xFF, 4, 5, 6, 7])
            let path = try folder.write("narrow.mat", writer.bytes)
            let cube = try MATLABCube(path: path, variable: nil)
            #expect(cube.description.sampleType == .int16)
            #expect(try cube.read(lines: 0..<2).doubles() == [0, -128, 1, -1, 4, 6, 5, 7])
        }

        @Test func `other files are refused`() throws {
            #expect(try !isReadable(Array("not a MATLAB file".utf8)))
            #expect(try !isReadable([UInt8](repeating: 0x20, count: 4096)))
            #expect(throws: BasicsError.self) {
                try MATLABCube(path: folder.file("absent.mat"), variable: nil)
            }
        }
    }
}
