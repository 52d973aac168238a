import Archive
import Basics
import Foundation

/// What a trial of a base network found, for people.
enum GateText {
    /// The cubes, what they come to, and the verdict.
    static func text(of report: GateReport, width: Int?) -> String {
        var table = OutputTable([
            .init(title: "ID"), .init(title: "NAME", isFlexible: true),
            .init(title: "SENSOR", expendability: 2), .init(title: "HELD OUT", expendability: 1),
            .init(title: "BEFORE", isNumeric: true), .init(title: "NOW", isNumeric: true),
            .init(title: "BITS BEFORE", isNumeric: true, expendability: 3),
            .init(title: "BITS NOW", isNumeric: true, expendability: 3),
            .init(title: "GAIN", isNumeric: true),
        ])
        for cube in report.cubes {
            table.add([
                FigureFormat.shortID(cube.id.hexadecimal), cube.name, cube.sensor,
                cube.isHeldOut ? "yes" : "no", decibels(cube.oldPSNRDecibels),
                cube.reason ?? decibels(cube.newPSNRDecibels), bits(cube.oldBitsPerSample),
                bits(cube.newBitsPerSample), decibels(cube.gainDecibels),
            ])
        }
        return table.text(width: width) + "\n" + summary(report)
    }

    private static func summary(_ report: GateReport) -> String {
        var fields = FieldList()
        fields.add(
            "base network",
            "\(report.version)" + (report.againstVersion.map { " against \($0)" } ?? ""))
        fields.add("mean PSNR", change(report.oldPSNRDecibels, report.newPSNRDecibels, decibels))
        fields.add(
            "mean bits per sample", change(report.oldBitsPerSample, report.newBitsPerSample, bits))
        fields.add("encoding time", change(report.oldSeconds, report.newSeconds, seconds))
        fields.add("mean gain", report.gainDecibels.map(FigureFormat.decibels))
        fields.add("  of held-out cubes", report.heldOutGainDecibels.map(FigureFormat.decibels))
        fields.add(
            "worse", "\(report.worseCubeCount) of \(FigureFormat.count(report.cubes.count, "cube"))"
        )
        fields.add("verdict", report.isWon ? "wins" : "is refused")
        for objection in report.objections { fields.add("  because", objection) }
        return fields.text
    }

    private static func change(
        _ old: Double?, _ new: Double?, _ text: (Double?) -> String
    ) -> String? {
        old == nil && new == nil ? nil : text(old) + " -> " + text(new)
    }

    private static func decibels(_ value: Double?) -> String {
        value.map(FigureFormat.decibels) ?? FigureFormat.none
    }

    private static func bits(_ value: Double?) -> String {
        value.map { String(format: "%.5f", $0) } ?? FigureFormat.none
    }

    private static func seconds(_ value: Double?) -> String {
        value.map(FigureFormat.seconds) ?? FigureFormat.none
    }
}
