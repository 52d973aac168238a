import Archive
import ArgumentParser
import Basics

/// `cubevault base rotate`.
struct BaseRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Try a base network, make it current if it wins, and encode every cube with it.",
        discussion: """
            Without a version the newest candidate is taken; where there is none, a rotation that \
            was interrupted or cancelled goes on. The network is tried on a choice of cubes first \
            and refused unless it wins by the rule in cubevault.toml ([rotation]); a refusal is no \
            damage, and exit status 1. Then every cube is encoded from its exact samples, measured \
            over every sample, and switched only where the new latent is better. A daemon that \
            holds the archive does that in the background ('cubevault status --watch').

            Examples:
              cubevault base rotate
              cubevault base rotate 4 --dry-run
              cubevault base rotate 4 --force
              cubevault base rotate --cancel
            """)

    @Argument(help: "The version; the newest candidate where it is left out.")
    var version: String?

    @Flag(help: "Only try the network and report; change nothing.")
    var dryRun = false

    @Flag(help: "Put it into use even if it is refused; recorded as such.")
    var force = false

    @Flag(help: "Withdraw what the running rotation has left to do.")
    var cancel = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if [dryRun, force, cancel].filter(\.self).count > 1 {
            throw ValidationError("--dry-run, --force and --cancel exclude one another")
        }
        if cancel, version != nil {
            throw ValidationError("--cancel is about the running rotation and takes no version")
        }
    }

    func run() throws {
        if dryRun { return try tryOut() }
        let request: ArchiveRequest =
            cancel ? .cancelRotation : .rotate(version: try resolvedVersion(), force: force)
        let report = try WriterTask(archive: archive, output: output).perform(
            request, as: RotationReport.self,
            advice: "every cube has a valid latent, old or new, or none yet; "
                + "'cubevault base rotate' goes on")
        try output.write(report) { text(report) }
        if report.isRefused { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func resolvedVersion() throws -> Int? {
        try version.map { try archive.open().resolveBase($0) }
    }

    private func tryOut() throws {
        let opened = try archive.open()
        let resolved = try version.map { try opened.resolveBase($0) }
        let progress = output.makeProgress()
        let report = try SignalWatch.guarding(advice: "nothing was changed") { stop in
            defer { progress.finish() }
            return try opened.tryCandidate(resolved, stop: stop, progress: progress.sink)
        }
        try output.write(report) { GateText.text(of: report, width: Console.outputWidth) }
    }

    private func text(_ report: RotationReport) -> String {
        let gate =
            report.gate.map { GateText.text(of: $0, width: Console.outputWidth) + "\n" } ?? ""
        if report.isRefused {
            return gate + "base network \(report.newVersion) was refused; nothing was changed "
                + "('cubevault base rotate \(report.newVersion) --force' overrules that)\n"
        }
        let from = report.oldVersion.map { $0 == report.newVersion ? "" : ", before it \($0)" }
        let pending =
            report.pendingCubeCount == 0
            ? "" : ", \(FigureFormat.count(report.pendingCubeCount, "cube")) waiting"
        return gate + EncodingTable.text(of: report.cubes, width: Console.outputWidth)
            + "base network \(report.newVersion) is current\(from ?? ""): "
            + "\(FigureFormat.count(report.flippedCubeCount, "latent")) written, "
            + "\(report.keptCubeCount) kept\(pending)\n"
    }
}
