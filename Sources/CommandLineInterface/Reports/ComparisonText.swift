import Archive
import Basics

/// Two base networks side by side, for people.
enum ComparisonText {
    /// A table of cubes, then the means.
    static func text(of comparison: BaseComparison, width: Int?) -> String {
        let (first, second) = (comparison.first.version, comparison.second.version)
        var table = OutputTable([
            .init(title: "ID"), .init(title: "NAME", isFlexible: true),
            .init(title: "PSNR \(first)", isNumeric: true),
            .init(title: "PSNR \(second)", isNumeric: true),
            .init(title: "GAIN", isNumeric: true),
            .init(title: "BITS \(first)", isNumeric: true, expendability: 1),
            .init(title: "BITS \(second)", isNumeric: true, expendability: 1),
            .init(title: "IN USE", isNumeric: true, expendability: 2),
        ])
        for cube in comparison.cubes {
            table.add([
                FigureFormat.shortID(cube.id.hexadecimal), cube.name, decibels(cube.first),
                decibels(cube.second), gain(cube), bits(cube.first), bits(cube.second),
                inUse(cube, comparison),
            ])
        }
        let cubes = comparison.cubes.isEmpty ? "" : table.text(width: width) + "\n"
        return cubes + sides(comparison)
    }

    private static func sides(_ comparison: BaseComparison) -> String {
        var fields = FieldList()
        let count = comparison.commonCubes.count
        for side in [comparison.first, comparison.second] {
            let name =
                "\(side.family)/\(side.number), \(FigureFormat.shortID(side.digest.hexadecimal)), "
                + "\(side.state), \(ByteCountFormat.text(side.storedByteCount)) on disk"
            fields.add("base \(side.version)", name)
            if let mean = side.meanPSNRDecibels {
                fields.add(
                    "  over \(FigureFormat.count(count, "cube"))",
                    "mean PSNR \(FigureFormat.decibels(mean)), \(side.latentBitCount) latent bits")
            }
        }
        if count == 0 { fields.add("common", "no cube was encoded against both") }
        return fields.text
    }

    private static func decibels(_ figures: BaseComparison.Figures?) -> String {
        figures.map { FigureFormat.decibels($0.psnrDecibels) } ?? FigureFormat.none
    }

    private static func bits(_ figures: BaseComparison.Figures?) -> String {
        guard let figures, figures.latentBitCount > 0 else { return FigureFormat.none }
        return "\(figures.latentBitCount)"
    }

    private static func gain(_ cube: BaseComparison.Entry) -> String {
        guard let first = cube.first?.psnrDecibels, let second = cube.second?.psnrDecibels else {
            return FigureFormat.none
        }
        let gain = second - first
        return (gain > 0 ? "+" : "") + FigureFormat.decibels(gain)
    }

    private static func inUse(_ cube: BaseComparison.Entry, _ comparison: BaseComparison) -> String
    {
        if cube.first?.isCurrent == true { return "\(comparison.first.version)" }
        if cube.second?.isCurrent == true { return "\(comparison.second.version)" }
        return "other"
    }
}
