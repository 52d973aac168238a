import Basics
import CMatio
import Cube
import CubeFiles
import Foundation
import Glibc
import Testing
import TestSupport

extension `MATLAB fixtures` {
    @Suite struct `MATLAB files written by libmatio` {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        /// A cube's samples as MATLAB stores them: [bands][samples][lines].
        private func columnMajor(_ cube: MemoryCube) -> [UInt8] {
            let geometry = cube.description.geometry
            let size = cube.description.sampleType.byteCount
            var bytes: [UInt8] = []
            for band in 0..<geometry.bands {
                for sample in 0..<geometry.samples {
                    for line in 0..<geometry.lines {
                        let pixel = (band * geometry.lines + line) * geometry.samples + sample
                        bytes += cube.block.bytes[pixel * size..<(pixel + 1) * size]
                    }
                }
            }
            return bytes
        }

        @Test(arguments: MATLABFileKind.allCases, SampleType.allCases)
        func `every sample comes back from any window`(
            _ kind: MATLABFileKind, _ type: SampleType
        ) throws {
            let truth = try MemoryCube.random(
                lines: 7, samples: 5, bands: 9, sampleType: type, seed: 11)
            let path = folder.file("cube.mat")
            try kind.write(
                [
                    MATLABArray("map", [7, 5], [UInt8](repeating: 1, count: 35), .uint8),
                    MATLABArray("scene", [7, 5, 9], columnMajor(truth), type),
                ], to: path)
            let cube = try MATLABCube(path: path, variable: nil)
            #expect(cube.variable == "scene")
            #expect(cube.description.sampleType == type)
            #expect(try MemoryCube(reading: cube).block == truth.block)
            let window = CubeWindow(lines: 2..<6, samples: 1..<4)
            #expect(
                try cube.read(window, bandIndices: [8, 0, 3])
                    == truth.read(window, bandIndices: [8, 0, 3]))
            #expect(throws: CubeError.self) { try cube.read(window, bandIndices: [9]) }
        }

        /// In a process of its own, because in this one HDF5 has been told to lock nothing.
        @Test(arguments: [MATLABFileKind.version73, .version73Deflated])
        func `a file that another process holds locked is read`(
            _ kind: MATLABFileKind
        ) async throws {
            let truth = try MemoryCube.random(
                lines: 7, samples: 5, bands: 9, sampleType: .int16, seed: 11)
            let path = folder.file("cube.mat")
            try kind.write(
                [MATLABArray("scene", [7, 5, 9], columnMajor(truth), .int16)], to: path)
            let file = open(path, O_RDONLY)
            try #require(file >= 0 && flock(file, LOCK_EX) == 0)
            defer { close(file) }
            let expected = truth.block.bytes
            await #expect(processExitsWith: .success) {
                [path = path as String, expected = expected as [UInt8]] in
                unsetenv(MATLABFileKind.lockingVariable)
                let cube = try MATLABCube(path: path, variable: nil)
                try #require(try MemoryCube(reading: cube).block.bytes == expected)
            }
        }

        @Test(arguments: MATLABFileKind.allCases)
        func `pixel columns run down the lines`(_ kind: MATLABFileKind) throws {
            // Value 10 * pixel + band, pixel = line + sample * 3.
            let values = (0..<6).flatMap { pixel in (0..<4).map { Double(10 * pixel + $0) } }
            let path = folder.file("unmixing.mat")
            try kind.write(
                [
                    MATLABArray("nRow", row: [3]), MATLABArray("nCol", row: [2]),
                    MATLABArray("V", [4, 6], values.withUnsafeBytes { Array($0) }, .float64),
                ], to: path)
            let cube = try MATLABCube(path: path, variable: nil)
            #expect(cube.description.geometry == (try CubeGeometry(lines: 3, samples: 2, bands: 4)))
            let block = try cube.read(lines: 0..<3)
            #expect(block.plane(ofBandAt: 2) == [2, 32, 12, 42, 22, 52])
        }

        @Test(arguments: MATLABFileKind.allCases)
        func `wavelengths in micrometres become nanometres`(_ kind: MATLABFileKind) throws {
            let path = folder.file("spectral.mat")
            try kind.write(
                [
                    MATLABArray("cube", [2, 2, 3], [UInt8](repeating: 0, count: 12), .uint8),
                    MATLABArray("Wavelength", row: [0.5, 0.75, 2.5]),
                    MATLABArray("fwhm", row: [0.01, 0.01, 0.02]),
                ], to: path)
            let description = try MATLABCube(path: path, variable: nil).description
            #expect(description.wavelengthsNanometers == [500, 750, 2500])
            #expect(description.bands.map(\.fwhmNanometers) == [10, 10, 20])
        }

        @Test(arguments: MATLABFileKind.allCases)
        func `an ambiguous file lists its cubes and takes a name`(_ kind: MATLABFileKind) throws {
            let path = folder.file("two.mat")
            try kind.write(
                [
                    MATLABArray("before", [2, 2, 2], Array(0..<8), .uint8),
                    MATLABArray("after", [2, 1, 2], Array(10..<14), .uint8),
                ], to: path)
            let candidates = [
                VariableCandidate(name: "before", shape: [2, 2, 2], typeName: "uint8"),
                VariableCandidate(name: "after", shape: [2, 1, 2], typeName: "uint8"),
            ]
            #expect(try MATLABCube.candidates(in: path).sorted { $0.name > $1.name } == candidates)
            let error = #expect(throws: ContainerError.self) {
                try MATLABCube(path: path, variable: nil)
            }
            #expect(error?.description.contains("after (2 x 1 x 2 uint8)") == true)
            #expect(error?.exitStatus == .usage)
            let cube = try MATLABCube(path: path, variable: "after")
            #expect(try cube.read(lines: 0..<2).bytes == [10, 11, 12, 13])
            #expect(throws: ContainerError.self) { try MATLABCube(path: path, variable: "beyond") }
        }

        @Test(arguments: MATLABFileKind.allCases)
        func `complex and logical arrays are refused`(_ kind: MATLABFileKind) throws {
            let bytes = [UInt8](repeating: 0, count: 64)
            var complex = MATLABArray("wave", [2, 2, 2], bytes, .float64)
            complex.flags = Int32(MAT_F_COMPLEX.rawValue)
            var mask = MATLABArray("mask", [2, 2, 2], Array(bytes[..<8]), .uint8)
            mask.flags = Int32(MAT_F_LOGICAL.rawValue)
            let path = folder.file("refused.mat")
            try kind.write([complex, mask], to: path)
            #expect(throws: ContainerError.noCube(path: path, candidates: [])) {
                try MATLABCube(path: path, variable: nil)
            }
            let error = #expect(throws: ContainerError.self) {
                try MATLABCube(path: path, variable: "wave")
            }
            #expect(error?.description.contains("it is complex") == true)
        }

        @Test func `a large array is unpacked and read from many threads`() throws {
            let geometry = try CubeGeometry(lines: 512, samples: 300, bands: 240)
            let bytes = [UInt8](unsafeUninitializedCapacity: geometry.sampleCount * 2) {
                raw, count in
                for index in 0..<geometry.sampleCount * 2 {
                    raw[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 13)
                }
                count = geometry.sampleCount * 2
            }
            let path = folder.file("large.mat")
            try MATLABFileKind.version5.write(
                [MATLABArray("large", [512, 300, 240], bytes, .uint16)], to: path)
            let cube = try MATLABCube(path: path, variable: nil)
            DispatchQueue.concurrentPerform(iterations: 8) { thread in
                let window = CubeWindow(lines: thread..<thread + 1, samples: 250..<251)
                // A failed read is nil, and the comparison below fails then.
                let block = try? cube.read(window, bandIndices: [239])
                let index = ((239 * 300 + 250) * 512 + thread) * 2
                if block?.bytes != Array(bytes[index..<index + 2]) { Issue.record("wrong sample") }
            }
        }
    }
}
