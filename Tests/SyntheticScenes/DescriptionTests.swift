import Cube
import Foundation
import SyntheticScenes
import Testing

@Suite struct DescriptionTests {
    @Test func `the sensors have grids of their own`() throws {
        let near = SyntheticSensor.visibleNearInfrared
        let full = SyntheticSensor.fullRange
        #expect(near.bands.count == 120)
        #expect(full.bands.count == 200)
        #expect(near.bands.first?.wavelengthNanometers == 400)
        #expect(near.bands.last?.wavelengthNanometers == 1000)
        #expect(full.bands.last?.wavelengthNanometers == 2500)
        #expect(near.bands.allSatisfy { $0.fwhmNanometers == 5.5 && $0.isGood })
        #expect(SyntheticSensor.fullRange(bandCount: 37).bands.count == 37)
    }

    @Test func `the full range sensor flags both opaque windows of the air`() {
        let flagged = SyntheticSensor.fullRange.bands.filter { !$0.isGood }
            .compactMap(\.wavelengthNanometers)
        #expect(flagged.contains { (1340...1460).contains($0) })
        #expect(flagged.contains { (1790...1970).contains($0) })
        #expect(flagged.count < 40)
        #expect(flagged.allSatisfy { (1340...1460).contains($0) || (1790...1970).contains($0) })
    }

    @Test func `a scene says what it is, when and where`() throws {
        let scene = try SyntheticScene(
            kind: .coast, sensor: .fullRange, lines: 300, samples: 200, seed: 31)
        let description = scene.description
        #expect(description.sampleType == .uint16)
        #expect(description.sensor == "Synthetic Full Range")
        #expect(description.text?.contains("coast") == true)
        let time = try #require(description.acquisitionTime)
        #expect(time.timeIntervalSince1970 > 1_262_304_000)
        #expect(time.timeIntervalSince1970 < 1_735_776_000)
        let place = try #require(description.georeference)
        #expect(place.mapInfo?.hasPrefix("UTM, 1.000, 1.000, ") == true)
        #expect(place.affineTransform?[1] == 4)
        #expect(place.affineTransform?[5] == -4)
        let bounds = try #require(place.bounds)
        // 300 lines of 4 m are 1.2 km: 0.0108 degrees, plus the grid's turn against north.
        #expect((0.0107...0.0125).contains(bounds.north - bounds.south))
        #expect(bounds.east > bounds.west)
    }

    @Test func `the inverse projection finds a surveyed place`() {
        // The CN Tower: 43.642567 N, 79.387139 W is 630084 m E, 4833439 m N in zone 17.
        let place = TransverseMercator.geographic(
            eastingMeters: 630_084, northingMeters: 4_833_439, zone: 17)
        #expect(abs(place.latitude - 43.642567) < 1e-5)
        #expect(abs(place.longitude + 79.387139) < 1e-5)
    }
}
