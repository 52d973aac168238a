/// What a listing is sorted by. Cubes that lack the value come last in either direction, and equal
/// ones are ordered by name, then by ID.
public enum CubeSort: String, Sendable, Hashable, Codable, CaseIterable {
    case name
    case ingested
    case acquired
    case sensor
    case collection
    case bands
    case samples
    case sourceSize = "source-size"
    case storedSize = "stored-size"
    case psnr
    case id
}
