import Basics
import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: RealScenes.areHere, RealScenes.absence))
struct RealHeadersTests {
    /// What became of a header: `cube`, or the kind of the refusal.
    private static func verdict(_ path: String) -> String {
        do {
            _ = try ENVIImage(ENVIHeader(readingFrom: path))
            return "cube"
        } catch CubeFilesError.notACube(_, let reason) {
            return String(reason.prefix { $0 != "," })
        } catch CubeFilesError.headerIncomplete(_, let reason) {
            return reason
        } catch CubeFilesError.headerInvalid(_, let reason) {
            return reason
        } catch {
            return "unexpected: \(error)"
        }
    }

    private static func paths() throws -> [String] {
        let folder = RealScenes.path("envi-headers")
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .map { folder + "/" + $0 }
    }

    private static func path(containing part: String) throws -> String {
        try #require(paths().first { $0.contains(part) })
    }

    @Test func `every header is a cube or is refused with a reason`() throws {
        var counts: [String: Int] = [:]
        for path in try Self.paths() { counts[Self.verdict(path), default: 0] += 1 }
        #expect(
            counts == [
                "cube": 104,
                "it is a spectral library": 39,
                "it is a classification": 8,
                "data type 6 means complex samples": 2,
                "data type 9 means complex samples": 1,
                "the key 'data type' is missing": 1,
                "the interleave 'bup' is none of bsq, bil, bip; correct the header": 1,
                "1 lines x 65536 samples x 0 bands cannot be a cube: "
                    + "every dimension must be at least 1": 1,
            ])
    }

    @Test func `the text of every header is kept byte for byte`() throws {
        for path in try Self.paths() {
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            #expect(try ENVIHeader(readingFrom: path).bytes == bytes)
        }
    }

    @Test func `a header without its binary is described and waits`() throws {
        let path = try Self.path(containing: "data_testfiles_hyp_Auto017")
        let inspection = CubeInspector().inspect(path)
        #expect(inspection.geometry?.description == "50 lines x 50 samples x 138 bands")
        #expect(inspection.sampleType == .uint16)
        #expect(inspection.interleave == .bsq)
        #expect(inspection.shortestWavelengthNanometers == 450)
        #expect(inspection.longestWavelengthNanometers == 998)
        #expect(!inspection.isCatalogued)
        #expect(inspection.reason?.contains("has no binary beside it") == true)
    }

    @Test func `wavelengths of the wrong number are left aside with a warning`() throws {
        let path = try Self.path(containing: "darkReference2.2787fb3")
        let image = try ENVIImage(ENVIHeader(readingFrom: path))
        #expect(image.description.wavelengthsNanometers == nil)
        #expect(image.warnings == ["'wavelength' has 35 values for 978 bands; left aside"])
    }

    @Test func `a class name in Latin-1 is readable`() throws {
        let header = try ENVIHeader(readingFrom: Self.path(containing: "AF_AdminBorders"))
        #expect(header.list(of: "class names")?[2] == "Dießen am Ammersee")
    }

    @Test func `comments among the keys are no entries`() throws {
        let header = try ENVIHeader(readingFrom: Self.path(containing: "darkReference3.ad42267"))
        #expect(!header.entries.contains { $0.key.contains(";") })
        #expect(header.entries.count > 8)
        #expect(header.value(of: "AOI height") == nil)
    }

    @Test func `Specim's date and time are put together`() throws {
        let path = try Self.path(containing: "hsi-specim")
        let cube = try ENVIImage(ENVIHeader(readingFrom: path)).description
        // 2024-06-03T11:09:45Z
        #expect(cube.acquisitionTime == Date(timeIntervalSince1970: 1_717_412_985))
        #expect(cube.sensor == "FX10e")
    }

    @Test func `big-endian samples are recognised`() throws {
        let path = try Self.path(containing: "qb_RoadExtract")
        #expect(try ENVIImage(ENVIHeader(readingFrom: path)).byteOrder == .bigEndian)
    }

    @Test func `two thousand damaged headers never end the process`() throws {
        let paths = try Self.paths()
        var generator = SeededGenerator(seed: 157)
        var verdicts: [Bool: Int] = [:]
        for _ in 0..<2000 {
            let path = paths[generator.index(below: paths.count)]
            var bytes = Array(try Data(contentsOf: URL(filePath: path)).prefix(6000))
            HeaderMutation.mutate(&bytes, &generator)
            do {
                _ = try ENVIImage(ENVIHeader(parsing: bytes, path: path))
                verdicts[true, default: 0] += 1
            } catch {
                verdicts[false, default: 0] += 1
            }
        }
        #expect(verdicts[true, default: 0] > 100)
        #expect(verdicts[false, default: 0] > 100)
    }
}
