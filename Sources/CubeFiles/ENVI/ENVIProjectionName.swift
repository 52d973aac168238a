/// The name that ENVI's `map info` has for a coordinate reference system given as WKT.
struct ENVIProjectionName {
    /// `UTM` or `Geographic Lat/Lon`.
    let projection: String
    /// The fields of `map info` that follow the pixel size.
    let remainder: [String]

    /// Recognises UTM zones and plain geographic systems by their WKT names; nil for others.
    init?(wkt: String) {
        let datum = wkt.contains(/WGS[ _]?(19)?84/) ? ["WGS-84"] : []
        if let match = wkt.firstMatch(of: /(?i)UTM[ _]zone[ _](\d{1,2})([NS])/) {
            let hemisphere = match.2.lowercased() == "n" ? "North" : "South"
            projection = "UTM"
            remainder = [String(match.1), hemisphere] + datum + ["units=Meters"]
        } else if wkt.hasPrefix("GEOGCS") || wkt.hasPrefix("GEOGCRS") {
            projection = "Geographic Lat/Lon"
            remainder = datum + ["units=Degrees"]
        } else {
            return nil
        }
    }
}
