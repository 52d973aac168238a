import Archive
import Basics
import Foundation
import Pictures

/// How an archive is doing, for people.
enum StatusText {
    /// Everything, one value to a line, then for each piece of work in progress a bar, when it will
    /// end and, where it has one, its curve.
    static func text(of status: ArchiveStatus, width: Int) -> String {
        var fields = FieldList()
        fields.add("archive", status.folder)
        fields.add("writer", status.writer ?? "nobody is writing")
        fields.add(
            "cubes", "\(status.cubeCount) of \(ByteCountFormat.text(status.sourceByteCount))")
        fields.add("stored exactly", exact(status))
        fields.add(
            "latents",
            ByteCountFormat.text(status.latentByteCount)
                + (status.pendingLatentCount > 0 ? ", \(status.pendingLatentCount) pending" : ""))
        fields.add(
            "base networks",
            ByteCountFormat.text(status.baseByteCount)
                + (status.currentBase.map { ", version \($0) is current" } ?? ", none is current"))
        fields.add("latest trial", status.trial.map(trial))
        for objection in status.trial?.objections ?? [] { fields.add("  because", objection) }
        fields.add("rotation", status.rotation.map(rotation))
        fields.add(
            "  can be taken back",
            status.rotation?.rollbackUntil.map {
                "until " + FigureFormat.time($0) + " ('cubevault base rollback')"
            })
        fields.add("background work", status.pauseReason.map(pause))
        fields.add("all blobs", ByteCountFormat.text(status.blobByteCount))
        fields.add("jobs", jobs(status))
        if status.failedDropCount > 0 {
            fields.add("failed drops", "\(status.failedDropCount) ('cubevault failed' lists them)")
        }
        let bars = status.progress.map { bar($0, width: width) + details($0, width: width) }
        return fields.text + (bars.isEmpty ? "" : "\n") + bars.joined()
    }

    private static func bar(_ entry: ProgressEntry, width: Int) -> String {
        let elapsed = max(0, entry.at.timeIntervalSince(entry.begunAt))
        let line = TerminalProgressBar(columnCount: width)
            .line(for: entry.report, elapsedSeconds: elapsed)
        return line + "\n"
    }

    /// When it will end, and the curve so far.
    private static func details(_ entry: ProgressEntry, width: Int) -> String {
        let end = entry.expectedEndAt.map { "  until about " + FigureFormat.time($0) + "\n" } ?? ""
        let heldOut =
            entry.report.figures["heldOutPSNRDecibels"].map {
                "  cubes that are held out: " + FigureFormat.decibels($0) + "\n"
            } ?? ""
        guard let curve = entry.curve, curve.count > 1 else { return end + heldOut }
        let drawing = TerminalSpectrum(columnCount: min(width, 100), rowCount: 10)
        let lines = drawing.lines(
            values: curve.map(\.psnrDecibels), places: curve.map { Double($0.completedCount) },
            unit: " " + entry.report.unit)
        return end + heldOut + "  PSNR in dB\n" + lines.map { $0 + "\n" }.joined()
    }

    private static func exact(_ status: ArchiveStatus) -> String {
        let stored = ByteCountFormat.text(status.exactByteCount)
        guard status.sampleCount > 0 else { return stored }
        let rate = Double(status.exactByteCount) * 8 / Double(status.sampleCount)
        return stored + ", " + FigureFormat.bitsPerSample(rate)
    }

    private static func rotation(_ rotation: RotationStatus) -> String {
        let tried = rotation.cubeCount - rotation.remainingCubeCount
        let end = rotation.expectedEndAt.map { ", until about " + FigureFormat.time($0) } ?? ""
        return "to base network \(rotation.version): \(rotation.state), "
            + "\(tried) of \(FigureFormat.count(rotation.cubeCount, "cube")) tried, "
            + "\(rotation.flippedCubeCount) switched\(end)"
    }

    private static func trial(_ trial: TrialStatus) -> String {
        let verdict = ["won": "wins", "lost": "is refused", "forced": "was forced into use"]
        let gain = trial.gainDecibels.map { ", mean gain " + FigureFormat.decibels($0) } ?? ""
        let heldOut =
            trial.heldOutGainDecibels.map { ", held out " + FigureFormat.decibels($0) } ?? ""
        return "base network \(trial.version)"
            + (trial.againstVersion.map { " against \($0)" } ?? "")
            + " \(verdict[trial.outcome] ?? trial.outcome)\(gain)\(heldOut), "
            + "\(FigureFormat.count(trial.cubeCount, "cube")), \(FigureFormat.time(trial.at))"
    }

    private static func pause(_ reason: String) -> String {
        let reasons = [
            "hours": "outside its hours", "load": "while other work needs the processors",
        ]
        return "pauses " + (reasons[reason] ?? "(\(reason))")
    }

    private static func jobs(_ status: ArchiveStatus) -> String? {
        let present = status.jobs.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        if present.isEmpty { return nil }
        return present.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}
