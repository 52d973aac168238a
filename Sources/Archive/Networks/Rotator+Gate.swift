import Basics
import Catalog

/// Trying a network before it becomes current.
extension Rotator {
    /// Tries a network and records the verdict; what the trial encoded stays beside the old
    /// encodings, so that the rotation need not do it again.
    func passGate(
        _ version: Int, force: Bool, stop: StopToken, progress: ProgressSink?
    ) throws -> GateReport {
        let trial = CandidateTrial(archive: writer.archive, now: writer.now)
        let result = try trial.run(version, stop: stop, progress: progress)
        try writer.operations.reached(RotationStep.canaryMeasured)
        let report = result.report
        let outcome: TrialOutcome = report.isWon ? .won : (force ? .forced : .lost)
        let record = TrialRecord(
            version: version, againstVersion: report.againstVersion, at: writer.now(),
            outcome: outcome, referencePSNRDecibels: report.referencePSNRDecibels,
            report: try JSONCoding.line(report))
        try writer.catalog.batch { change in
            for (cube, encoding) in result.encodings {
                try change.stageEncoding(of: cube, encoding)
            }
            try change.addTrial(record, events: [gateEvent(report, outcome)])
            let isCandidate = try change.queries.base(version).state == .candidate
            if outcome == .lost, isCandidate { try change.setBaseStates([version: .retired]) }
        }
        try writer.operations.reached(RotationStep.trialRecorded)
        return report
    }

    /// Does what may fail for a network's own sake: one that cannot be tried is retired, so that
    /// nothing tries it again by itself.
    func recordingFailure<Result>(
        of version: Int, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as any CubevaultError
            where !error.mustEndTheProcess && !error.isFullDisk
        {
            try writer.catalog.batch { change in
                try change.recordEvent(
                    writer.event(
                        .gate, .base(version), outcome: .failed,
                        message: "it cannot be tried: \(error.description)",
                        figures: ["version": Double(version)]))
                if try change.queries.base(version).state == .candidate {
                    try change.setBaseStates([version: .retired])
                }
            }
            throw error
        }
    }

    private func gateEvent(_ report: GateReport, _ outcome: TrialOutcome) -> EventRecord {
        var figures = [
            "version": Double(report.version), "cubeCount": Double(report.cubes.count),
            "worseCubeCount": Double(report.worseCubeCount),
        ]
        figures["againstVersion"] = report.againstVersion.map(Double.init)
        figures["gainDecibels"] = report.gainDecibels
        figures["heldOutGainDecibels"] = report.heldOutGainDecibels
        figures["oldPSNRDecibels"] = report.oldPSNRDecibels
        figures["newPSNRDecibels"] = report.newPSNRDecibels
        figures["referencePSNRDecibels"] = report.referencePSNRDecibels
        let objections = report.objections.joined(separator: "; ")
        return writer.event(
            .gate, .base(report.version), outcome: report.isWon ? .done : .refused,
            message: outcome == .forced
                ? "forced into use although \(objections)" : (report.isWon ? nil : objections),
            figures: figures)
    }
}
