import Cube
import CubeFiles

/// What would become of files, for people.
enum InspectionText {
    /// A block of lines per cube; then one line per file that is none.
    static func text(of inspections: [Inspection]) -> String {
        let cubes = inspections.filter(\.isCatalogued)
        let others = inspections.filter { !$0.isCatalogued }
        let blocks = (cubes + others).map(block).joined(separator: "\n")
        let count = FigureFormat.count(cubes.count, "cube") + " would be catalogued"
        return blocks + (blocks.isEmpty ? "" : "\n") + count
            + (others.isEmpty ? "\n" : ", \(others.count) not\n")
    }

    private static func block(_ inspection: Inspection) -> String {
        var fields = FieldList()
        fields.add(inspection.isCatalogued ? "cube" : "not a cube", inspection.path)
        for file in inspection.files where file != inspection.path { fields.add("  with", file) }
        fields.add("  format", format(inspection))
        fields.add("  geometry", inspection.geometry?.description)
        fields.add("  wavelengths", wavelengths(inspection))
        fields.add("  reason", inspection.reason)
        for warning in inspection.warnings { fields.add("  note", warning) }
        return fields.text
    }

    private static func format(_ inspection: Inspection) -> String? {
        guard let format = inspection.format else { return nil }
        let details = [inspection.sampleType?.rawValue, inspection.interleave?.rawValue]
        return ([format.rawValue] + details.compactMap { $0 }).joined(separator: ", ")
    }

    private static func wavelengths(_ inspection: Inspection) -> String? {
        guard let low = inspection.shortestWavelengthNanometers,
            let high = inspection.longestWavelengthNanometers
        else { return nil }
        return FigureFormat.nanometers(low) + " to " + FigureFormat.nanometers(high)
    }
}
