import Archive
import Basics

/// What became of cubes in a (re-)encoding, for people.
enum EncodingTable {
    /// The table; empty where there are no cubes.
    static func text(of cubes: [EncodingReport], width: Int?) -> String {
        if cubes.isEmpty { return "" }
        var table = OutputTable([
            .init(title: "ID"), .init(title: "NAME", isFlexible: true), .init(title: "LATENT"),
            .init(title: "CELLS"),
            .init(title: "BYTES", isNumeric: true), .init(title: "BEFORE", isNumeric: true),
            .init(title: "NOW", isNumeric: true),
        ])
        for cube in cubes {
            table.add([
                FigureFormat.shortID(cube.id.hexadecimal), cube.name, cube.outcome.rawValue,
                cube.grid ?? FigureFormat.none,
                "\(cube.latentByteCount)",
                cube.oldPSNRDecibels.map(FigureFormat.decibels) ?? FigureFormat.none,
                cube.newPSNRDecibels.map(FigureFormat.decibels) ?? FigureFormat.none,
            ])
        }
        return table.text(width: width)
    }
}
