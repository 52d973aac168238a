import Cube
import CubeFiles
import Testing

struct ENVIGeoreferenceTests {
    private func place(_ mapInfo: String, lines: Int = 400, samples: Int = 220) throws
        -> Georeference
    {
        let text = ENVIFixture.header(
            lines: lines, samples: samples, extra: "map info = {\(mapInfo)}")
        return try #require(try ENVIFixture.image(text).description.georeference)
    }

    @Test func `a UTM image has a transform and a footprint`() throws {
        let place = try place("UTM, 1, 1, 380952.37, 5820372.35, 30, 30, 33, North,WGS-84")
        #expect(place.affineTransform == [380952.37, 30, 0, 5820372.35, 0, -30])
        let bounds = try #require(place.bounds)
        // gdaltransform -s_srs EPSG:32633 -t_srs EPSG:4326, of the four corners.
        #expect(abs(bounds.west - 13.2453991689992) < 1e-9)
        #expect(abs(bounds.south - 52.4126076559848) < 1e-9)
        #expect(abs(bounds.east - 13.3466752933014) < 1e-9)
        #expect(abs(bounds.north - 52.5218418879543) < 1e-9)
    }

    @Test func `the tie point may be any pixel`() throws {
        let place = try place("UTM, 2.5, 3.5, 1000, 2000, 10, 20, 33, North, WGS-84")
        #expect(place.affineTransform == [985, 10, 0, 2050, 0, -20])
    }

    @Test func `a rotation turns the image counter-clockwise about its tie point`() throws {
        let place = try place(
            "UTM, 1.0, 1.0, 784006.12, 4305964.325, 14, 14, 10, North, WGS-84, units=Meters, "
                + "rotation=-43.0")
        // gdalinfo of the same header.
        let expected = [
            784006.12, 10.23895182266839, -9.547977040874979, 4305964.325, -9.547977040874979,
            -10.23895182266839,
        ]
        let affine = try #require(place.affineTransform)
        for (found, wanted) in zip(affine, expected) { #expect(abs(found - wanted) < 1e-9) }
        #expect(place.bounds != nil)
    }

    @Test func `geographic images have their corners as bounds`() throws {
        let place = try place(
            "Geographic Lat/Lon, 1, 1, -44.84032, -22.932584, 0.003432, 0.003432,WGS-84",
            lines: 49, samples: 50)
        let bounds = try #require(place.bounds)
        #expect(bounds.west == -44.84032)
        #expect(bounds.north == -22.932584)
        #expect(abs(bounds.east - (-44.84032 + 50 * 0.003432)) < 1e-12)
    }

    @Test func `longitudes of the other convention are brought home`() throws {
        let place = try place("Geographic Lat/Lon, 1, 1, 315, 10, 0.01, 0.01, WGS-84")
        #expect(place.bounds?.west == -45)
    }

    @Test(arguments: [
        "Arbitrary, 1, 1, 0, 0, 1, 1, 0, North", "UTM, 1, 1, 5, 5, 1, 1, 61, North, WGS-84",
        "UTM, 1, 1, 5, 5, 1, 1, 33, North, WGS-84, units=Feet",
        "UTM, 1, 1, 1e300, 1e300, 1e300, 1, 33, North",
        "Geographic Lat/Lon, 1, 1, 100, 95, 1, 1", "Geographic Lat/Lon, 1, 1, 179, 0, 0.1, 0.1",
        "Geographic Lat/Lon, 1, 1, 1, 1, 1, 1, WGS-84, units=Radians",
    ])
    func `places that cannot be bounded have no bounds`(mapInfo: String) throws {
        let place = try place(mapInfo)
        #expect(place.bounds == nil)
        #expect(place.mapInfo == mapInfo)
    }

    @Test(arguments: ["", "UTM", "UTM, 1, 1, a, b, 1, 1", "nonsense {}"])
    func `map info that is none is kept as text at most`(mapInfo: String) throws {
        let text = ENVIFixture.header(extra: "map info = {\(mapInfo)}")
        let place = try ENVIFixture.image(text).description.georeference
        #expect(place?.affineTransform == nil && place?.bounds == nil)
    }
}
