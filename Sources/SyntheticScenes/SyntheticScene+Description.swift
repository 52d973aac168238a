import Basics
import Cube
import Foundation

/// The metadata that a real product would carry.
extension SyntheticScene {
    /// Describes a scene at a place and time that the generator draws.
    static func describe(
        _ geometry: CubeGeometry, kind: SyntheticSceneKind, sensor: SyntheticSensor, seed: UInt64,
        generator: inout SeededGenerator
    ) -> CubeDescription {
        let day = generator.index(below: 5_478)
        let secondOfDay = 9 * 3_600 + generator.index(below: 5 * 3_600)
        // 2010-01-01T00:00:00Z and the fifteen years after it.
        let time = Date(timeIntervalSince1970: 1_262_304_000 + Double(day * 86_400 + secondOfDay))
        let place = place(geometry, sensor: sensor, generator: &generator)
        return CubeDescription(
            geometry: geometry, sampleType: .uint16, bands: sensor.bands, sensor: sensor.name,
            acquisitionTime: time,
            text: "Synthetic \(kind.rawValue) scene, seed \(seed), \(sensor.name), "
                + "\(sensor.pixelSizeMeters) m pixels, raw counts",
            georeference: place)
    }

    private static func place(
        _ geometry: CubeGeometry, sensor: SyntheticSensor, generator: inout SeededGenerator
    ) -> Georeference {
        let zone = 10 + generator.index(below: 26)
        let size = sensor.pixelSizeMeters
        let easting = Double(300_000 + generator.index(below: 300_000))
        let northing = Double(3_600_000 + generator.index(below: 2_400_000))
        let east = easting + size * Double(geometry.samples)
        let south = northing - size * Double(geometry.lines)
        return Georeference(
            affineTransform: [easting, size, 0, northing, 0, -size],
            coordinateSystemWKT: coordinateSystem(zone: zone),
            mapInfo: "UTM, 1.000, 1.000, \(easting), \(northing), \(size), \(size), \(zone), "
                + "North, WGS-84, units=Meters",
            bounds: bounds(
                eastings: easting...east, northings: min(south, northing)...northing, zone: zone))
    }

    /// The footprint of a rectangle in a zone: the extremes of its corners and of its edge middles,
    /// because parallels are curved there.
    private static func bounds(
        eastings: ClosedRange<Double>, northings: ClosedRange<Double>, zone: Int
    ) -> GeographicBounds? {
        let places = [0, 0.5, 1].flatMap { across in
            [0, 0.5, 1].map { down in
                TransverseMercator.geographic(
                    eastingMeters: eastings.lowerBound
                        + across * (eastings.upperBound - eastings.lowerBound),
                    northingMeters: northings.lowerBound
                        + down * (northings.upperBound - northings.lowerBound),
                    zone: zone)
            }
        }
        let longitudes = places.map(\.longitude)
        let latitudes = places.map(\.latitude)
        guard let west = longitudes.min(), let east = longitudes.max(),
            let south = latitudes.min(), let north = latitudes.max()
        else { return nil }
        return GeographicBounds(west: west, south: south, east: east, north: north)
    }

    private static func coordinateSystem(zone: Int) -> String {
        let geographic =
            #"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984","#
            + #"SPHEROID["WGS_1984",6378137.0,298.257223563]],"#
            + #"PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#
        return #"PROJCS["WGS_1984_UTM_Zone_\#(zone)N",\#(geographic),"#
            + #"PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],"#
            + #"PARAMETER["False_Northing",0.0],"#
            + #"PARAMETER["Central_Meridian",\#(zone * 6 - 183).0],"#
            + #"PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],"#
            + #"UNIT["Meter",1.0]]"#
    }
}
