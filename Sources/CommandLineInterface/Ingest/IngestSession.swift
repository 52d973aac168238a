import Archive
import Basics
import Cube
import CubeFiles
import Foundation

/// One `cubevault ingest`: takes all cubes that were found, going on after a failed one.
struct IngestSession: Sendable {
    /// What became of one cube.
    private enum Outcome: Sendable {
        case ingested(IngestReport)
        case failed(IngestSummary.Failure)
        case skipped(IngestSummary.Skipped)
        case stopped
        /// What the disk holds is unknown: nothing more may be written.
        case broken(BasicsError)
    }

    let writer: ArchiveWriter
    /// How every cube is to be archived; its path is not used.
    let template: IngestRequest
    let output: OutputOptions
    let progress: ConsoleProgress
    /// Set by the user, and here where the disk can no longer be trusted.
    let stop: StopToken

    /// Archives every cube among the findings.
    ///
    /// - Returns: what became of each; where `stop` was set, of those that were begun before.
    /// - Throws: ``BasicsError/syncFailed(path:errorNumber:)``, which must end the process.
    func ingest(_ findings: [CubeWalk.Finding]) throws -> IngestSummary {
        let ingestor = Ingestor(writer)
        let outcomes = WorkerThreads.map(
            findings, threadCount: writer.archive.settings.ingest.workerCount
        ) { finding in
            let outcome = ingest(finding, ingestor)
            if case .broken = outcome { stop.request() }
            progress.interrupting { announce(outcome) }
            return outcome
        }
        return try outcomes.reduce(into: IngestSummary()) { summary, outcome in
            switch outcome {
            case .ingested(let report): summary.cubes.append(report)
            case .failed(let failure): summary.failures.append(failure)
            case .skipped(let skipped): summary.skipped.append(skipped)
            case .stopped: break
            case .broken(let error): throw error
            }
        }
    }

    private func ingest(_ finding: CubeWalk.Finding, _ ingestor: Ingestor) -> Outcome {
        if stop.isRequested { return .stopped }
        if let objection = finding.objection {
            if objection.isNoCube && !finding.isNamed {
                return .skipped(.init(path: finding.path, reason: objection.reason))
            }
            return .failed(
                .init(
                    path: finding.path, error: objection.reason,
                    exitStatus: objection.exitStatus.rawValue))
        }
        var request = template
        request.path = finding.path
        do {
            return .ingested(try ingestor.ingest(request, stop: stop, progress: progress.sink))
        } catch {
            return outcome(of: error, finding)
        }
    }

    private func outcome(of error: any Error, _ finding: CubeWalk.Finding) -> Outcome {
        if case BasicsError.stopped = error { return .stopped }
        if let error = error as? BasicsError, case .syncFailed = error { return .broken(error) }
        let report = ErrorReport(error, root: CubevaultCommand.self)
        if error.saysNoCube && !finding.isNamed {
            return .skipped(.init(path: finding.path, reason: report.message))
        }
        return .failed(
            .init(path: finding.path, error: report.message, exitStatus: report.exitStatus))
    }

    private func announce(_ outcome: Outcome) {
        switch outcome {
        case .ingested(let report): output.say(line(report))
        case .failed(let failure) where !output.json:
            Console.writeError("failed     " + PrintableText.line(failure.error) + "\n")
        case .skipped(let skipped):
            output.say("skipped    " + PrintableText.line(skipped.reason) + "\n")
        case .failed, .stopped, .broken: break
        }
    }

    private func line(_ report: IngestReport) -> String {
        let id = FigureFormat.shortID(report.id.hexadecimal)
        let name = PrintableText.line(report.name)
        let warnings = report.warnings.map { "           " + PrintableText.line($0) + "\n" }
        guard report.outcome == .added else { return "duplicate  \(id)  \(name)\n" }
        let geometry = report.geometry
        let rate = Double(report.storedByteCount) * 8 / Double(geometry.sampleCount)
        return "added      \(id)  \(name)  "
            + "\(geometry.lines) x \(geometry.samples) x \(geometry.bands)  "
            + "\(ByteCountFormat.text(report.sourceByteCount)) -> "
            + "\(ByteCountFormat.text(report.storedByteCount)) "
            + "(\(FigureFormat.bitsPerSample(rate)))  "
            + FigureFormat.seconds(report.seconds) + "\n" + warnings.joined()
    }
}
