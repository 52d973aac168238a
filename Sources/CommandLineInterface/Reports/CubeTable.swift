import Basics
import Catalog
import Cube

/// A listing of cubes for people.
enum CubeTable {
    /// The table, fitted to a terminal of that width; nil for as wide as it takes.
    static func text(of cubes: [CubeSummary], width: Int?) -> String {
        var table = OutputTable([
            .init(title: "ID"),
            .init(title: "NAME", isFlexible: true),
            .init(title: "GEOMETRY", expendability: 1),
            .init(title: "SENSOR", isFlexible: true, expendability: 5),
            .init(title: "ACQUIRED", expendability: 4),
            .init(title: "PSNR", isNumeric: true, expendability: 2),
            .init(title: "SOURCE", isNumeric: true, expendability: 6),
            .init(title: "STORED", isNumeric: true, expendability: 3),
        ])
        for cube in cubes {
            table.add([
                FigureFormat.shortID(cube.id.hexadecimal), cube.name, geometry(cube.geometry),
                cube.sensor ?? FigureFormat.none,
                cube.acquisitionTime.map(FigureFormat.day) ?? FigureFormat.none, quality(cube),
                ByteCountFormat.text(cube.sourceByteCount),
                ByteCountFormat.text(cube.exactStoredByteCount),
            ])
        }
        return table.text(width: width)
    }

    private static func geometry(_ geometry: CubeGeometry) -> String {
        "\(geometry.lines) x \(geometry.samples) x \(geometry.bands)"
    }

    /// What the latent is worth.
    private static func quality(_ cube: CubeSummary) -> String {
        cube.baseVersion == nil ? "pending" : FigureFormat.decibels(cube.latentPSNRDecibels)
    }
}
