import Cube
import Testing

struct UniversalTransverseMercatorTests {
    /// Expected positions are PROJ's (gdaltransform from EPSG:326xx or 327xx to EPSG:4326).
    @Test(arguments: [
        (17, true, 630_084.0, 4_833_438.0, -79.3871428695182, 43.642561781255),
        (33, true, 380_952.37, 5_820_372.35, 13.2453991689992, 52.5204400755103),
        (10, true, 784_006.12, 4_305_964.325, -119.727146908265, 38.856678916082),
        (11, true, 353_128.751647949, 3_813_729.76806641, -118.598907716477, 34.4546648414425),
        (32, true, 500_000, 0, 9, 0),
        (32, true, 833_978.556, 0, 11.9999999917484, 0),
        (31, true, 166_021.443, 9_329_005.183, -23.5828776832221, 83.3059119912396),
        (56, false, 334_873.1985, 6_252_266.0923, 151.214999996481, -33.8569999956469),
    ])
    func `known grid positions have their known longitude and latitude`(
        zone: Int, isNorthern: Bool, easting: Double, northing: Double, longitude: Double,
        latitude: Double
    ) throws {
        let grid = try #require(UniversalTransverseMercator(zone: zone, isNorthern: isNorthern))
        let found = grid.geographic(eastingMetres: easting, northingMetres: northing)
        #expect(abs(found.longitudeDegrees - longitude) < 2e-10)
        #expect(abs(found.latitudeDegrees - latitude) < 2e-10)
    }

    @Test func `the ellipsoid of the datum is used`() throws {
        let grid = try #require(
            UniversalTransverseMercator(zone: 18, isNorthern: true, ellipsoid: .clarke1866))
        let found = grid.geographic(eastingMetres: 390_000, northingMetres: 4_500_000)
        #expect(abs(found.longitudeDegrees + 76.3009441483477) < 2e-10)
        #expect(abs(found.latitudeDegrees - 40.6454308762744) < 2e-10)
    }

    @Test(arguments: [0, 61, -1, Int.max])
    func `zones beyond 1 to 60 do not exist`(zone: Int) {
        #expect(UniversalTransverseMercator(zone: zone, isNorthern: true) == nil)
    }

    @Test func `absurd positions give no trap`() throws {
        let grid = try #require(UniversalTransverseMercator(zone: 1, isNorthern: false))
        for value in [1e300, -1e300, Double.infinity, .nan] {
            _ = grid.geographic(eastingMetres: value, northingMetres: value)
        }
    }
}
