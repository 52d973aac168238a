import Basics

/// Damage to a header as transmission, editors and attackers cause it.
enum HeaderMutation {
    private static let fragments = [
        "{", "}", "=", ",", ";", "\r", "\0", "-1", "99999999999999999999", "1e308", "nan", "0",
        "bands = 9223372036854775807\n", "map info = {UTM, 1, 1, 1e300, nan, 0, 0, 61, North}\n",
        "map info = {UTM, 1, 1, 1e300, 1e300, 1e300, 1e300, 33, North}\n", "wavelength = {,,,}\n",
        "samples = 4611686018427387904\n", "header offset = 9223372036854775807\n", "\u{FEFF}",
        "acquisition time = 9999-99-99T99:99:99+99:99\n", "data ignore value = inf\n",
    ]

    /// Applies one to four random changes.
    static func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        for _ in 0...generator.index(below: 4) {
            let place = generator.index(below: bytes.count + 1)
            let end = min(bytes.count, place + generator.index(below: 40))
            switch generator.index(below: 5) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.removeSubrange(place...)
            case 2:
                let fragment = fragments[generator.index(below: fragments.count)]
                bytes.insert(contentsOf: fragment.utf8, at: place)
            case 3:
                for index in place..<end {
                    bytes[index] = UInt8(truncatingIfNeeded: generator.next())
                }
            default: bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
    }
}
