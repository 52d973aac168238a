import Cube
import Foundation

/// What a search asks for; a cube is found where it meets every condition that is given.
public struct CubeQuery: Sendable, Hashable, Codable {
    /// Part of the sensor's name, in any case of ASCII letters.
    public var sensor: String?
    /// Acquired at this time or later. A cube of unknown acquisition time is not found.
    public var since: Date?
    /// Acquired at this time or earlier. A cube of unknown acquisition time is not found.
    public var until: Date?
    /// The footprint touches any of these boxes; a cube without a footprint is not found.
    public var bounds: [GeographicBounds]
    /// The outer edges of the cube's bands enclose this range. A cube without wavelengths is not
    /// found.
    public var wavelengthNanometers: ClosedRange<Double>?
    /// The number of bands.
    public var bandCount: ClosedRange<Int>?
    /// The collection's exact name.
    public var collection: String?
    /// Every one of these tags has this value.
    public var tags: [String: String]
    /// Every word begins a word of the cube's name, text, sensor, collection, tags or file names,
    /// in any case and without regard to accents.
    public var text: String?
    /// The first hexadecimal digits of the ID.
    public var idPrefix: String?
    /// What the listing is sorted by.
    public var sort: CubeSort
    /// Whether the largest, latest or last comes first.
    public var isDescending: Bool
    /// At most so many cubes; nil for all. Negative values count as 0.
    public var limit: Int?

    /// A query; without arguments it finds everything, newest first.
    public init(
        sensor: String? = nil, since: Date? = nil, until: Date? = nil,
        bounds: [GeographicBounds] = [], wavelengthNanometers: ClosedRange<Double>? = nil,
        bandCount: ClosedRange<Int>? = nil, collection: String? = nil,
        tags: [String: String] = [:], text: String? = nil, idPrefix: String? = nil,
        sort: CubeSort = .ingested, isDescending: Bool = true, limit: Int? = nil
    ) {
        self.sensor = sensor
        self.since = since
        self.until = until
        self.bounds = bounds
        self.wavelengthNanometers = wavelengthNanometers
        self.bandCount = bandCount
        self.collection = collection
        self.tags = tags
        self.text = text
        self.idPrefix = idPrefix
        self.sort = sort
        self.isDescending = isDescending
        self.limit = limit
    }

    /// The boxes of a search area in degrees, as ``bounds`` wants them: one, or two where the area
    /// crosses the 180th meridian (`west` greater than `east`); nil where it is no area on Earth.
    public static func boxes(
        west: Double, south: Double, east: Double, north: Double
    ) -> [GeographicBounds]? {
        guard west > east else {
            return GeographicBounds(west: west, south: south, east: east, north: north).map { [$0] }
        }
        let first = GeographicBounds(west: west, south: south, east: 180, north: north)
        let second = GeographicBounds(west: -180, south: south, east: east, north: north)
        guard let first, let second else { return nil }
        return [first, second]
    }
}
