import Foundation

/// The rule by which a candidate may become current, applied to what its trial measured. Pure
/// logic.
public struct Gate: Sendable {
    /// Encoding that takes less than this per cube is never too slow.
    private static let alwaysFastSeconds = 1.0
    private let settings: RotationSettings

    /// The rule of an archive.
    public init(_ settings: RotationSettings) { self.settings = settings }

    /// The report on a candidate.
    ///
    /// - Parameter cubes: what became of each cube of the canary.
    public func judge(
        version: Int, against old: Int?, cubes: [CanaryReport]
    ) -> GateReport {
        let both = cubes.filter { $0.gainDecibels != nil }
        let gains = both.compactMap(\.gainDecibels)
        let heldOut = both.filter(\.isHeldOut).compactMap(\.gainDecibels)
        let judged = cubes.filter { $0.newPSNRDecibels != nil }
        let references = judged.contains(where: \.isHeldOut) ? judged.filter(\.isHeldOut) : judged
        var report = GateReport(
            version: version, againstVersion: old, isWon: false, objections: [], cubes: cubes,
            oldPSNRDecibels: mean(both.compactMap(\.oldPSNRDecibels)),
            newPSNRDecibels: mean(both.compactMap(\.newPSNRDecibels)),
            oldBitsPerSample: mean(both.compactMap(\.oldBitsPerSample)),
            newBitsPerSample: mean(both.compactMap(\.newBitsPerSample)),
            oldSeconds: sum(both.compactMap(\.oldSeconds)),
            newSeconds: sum(both.compactMap(\.newSeconds)), gainDecibels: mean(gains),
            heldOutGainDecibels: mean(heldOut), worseCubeCount: gains.filter { $0 < 0 }.count,
            newlyCoveredCubeCount: judged.filter { $0.oldBitsPerSample == nil }.count,
            referencePSNRDecibels: mean(references.compactMap(\.newPSNRDecibels)))
        report.objections = objections(to: report, comparedCount: both.count)
        report.isWon = report.objections.isEmpty
        return report
    }

    private func objections(to report: GateReport, comparedCount: Int) -> [String] {
        guard comparedCount > 0 else {
            return report.newlyCoveredCubeCount > 0
                ? [] : ["no cube that it was tried on can be encoded against it"]
        }
        var objections: [String] = []
        if let gain = report.gainDecibels, gain < settings.gateGainDecibels {
            objections.append(
                "its mean gain is \(text(gain)) dB, and \(text(settings.gateGainDecibels)) dB "
                    + "are required")
        }
        if let gain = report.heldOutGainDecibels, gain < 0 {
            objections.append(
                "cubes that it was not trained on lose \(text(-gain)) dB in the mean")
        }
        let worsePercent = 100 * Double(report.worseCubeCount) / Double(comparedCount)
        if worsePercent > settings.gateWorsePercent {
            objections.append(
                "\(report.worseCubeCount) of \(comparedCount) cubes come out worse, and at most "
                    + "\(text(settings.gateWorsePercent)) % may")
        }
        if let old = report.oldSeconds, let new = report.newSeconds,
            new > old * settings.gateTimeFactor,
            new > Self.alwaysFastSeconds * Double(comparedCount)
        {
            objections.append(
                "encoding takes \(text(new)) s in all where it took \(text(old)) s")
        }
        return objections
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private func sum(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +)
    }

    private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
