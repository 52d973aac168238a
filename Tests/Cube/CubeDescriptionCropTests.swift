import Cube
import Testing

struct CubeDescriptionCropTests {
    private func cube() throws -> CubeDescription {
        CubeDescription(
            geometry: try CubeGeometry(lines: 4, samples: 5, bands: 3), sampleType: .uint16,
            bands: ["a", "b", "c"].map { BandDescription(name: $0) }, sensor: "S",
            georeference: Georeference(
                affineTransform: [100, 2, 0.5, 200, 0.25, -3], mapInfo: "m",
                bounds: GeographicBounds(west: 1, south: 2, east: 3, north: 4)))
    }

    @Test func `a window's description moves its place and picks its bands`() throws {
        let window = CubeWindow(lines: 1..<3, samples: 2..<5)
        let crop = try cube().cropped(to: window, bandIndices: [2, 0])
        #expect(crop.geometry == (try CubeGeometry(lines: 2, samples: 3, bands: 2)))
        #expect(crop.bands.map(\.name) == ["c", "a"])
        #expect(crop.sensor == "S")
        #expect(crop.georeference?.affineTransform == [104.5, 2, 0.5, 197.5, 0.25, -3])
        #expect(crop.georeference?.bounds == nil)
    }

    @Test func `the whole window keeps everything`() throws {
        let whole = try CubeWindow(whole: cube().geometry)
        #expect(try cube().cropped(to: whole, bandIndices: [0, 1, 2]) == cube())
    }

    @Test func `map text without a transform does not outlive a crop`() throws {
        var cube = try cube()
        cube.georeference?.affineTransform = nil
        let crop = try cube.cropped(
            to: CubeWindow(lines: 0..<1, samples: 0..<1), bandIndices: [0])
        #expect(crop.georeference?.mapInfo == nil)
    }

    @Test func `what lies outside is refused`() throws {
        let inside = CubeWindow(lines: 0..<1, samples: 0..<1)
        #expect(throws: CubeError.self) { try cube().cropped(to: inside, bandIndices: [3]) }
        #expect(throws: CubeError.self) { try cube().cropped(to: inside, bandIndices: []) }
        let outside = CubeWindow(lines: 0..<5, samples: 0..<1)
        #expect(throws: CubeError.self) { try cube().cropped(to: outside, bandIndices: [0]) }
    }
}
