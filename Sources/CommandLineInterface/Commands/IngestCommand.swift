import Archive
import ArgumentParser
import Basics
import CubeCodec
import Foundation

/// `cubevault ingest`.
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Archive cubes from files; folders are walked.",
        discussion: """
            An ENVI header and its binary are one cube; name either, or their folder. Every cube \
            is decoded and compared with its source before it is acknowledged. A cube that the \
            archive has already is no error. After a cube that cannot be archived the others go \
            on, and the exit status is 1 in the end. The source files are left alone.

            Fidelities: 'lossless' keeps every bit; 'max-error=N' keeps every sample within N of \
            the original, in the data's own units; 'max-error=N%' keeps every sample within N \
            percent of its own value (0.001 to 50; zeros stay zeros); 'latent' gives up the exact \
            samples as soon as the cube has its latent, and wants --discard-exact beside it, \
            because there is no way back.

            What the call leaves open is taken from the collection's table in cubevault.toml, \
            [collections.NAME], else from [ingest].

            Examples:
              cubevault ingest scene.hdr
              cubevault ingest /data/campaign7 --collection campaign7 --tag site=Potsdam
              cubevault ingest scene.mat --variable Y
              cubevault ingest huge.img --fidelity max-error=2
              cubevault ingest flightline.hdr --effort best
              cubevault ingest radiance.img --fidelity max-error=0.5%
            """)

    @Argument(help: "Cube files and folders of them.", completion: .file())
    var paths: [String]

    @Option(
        help: ArgumentHelp(
            "The variable in a file that holds several. Where many files are given, those that "
                + "hold one cube are taken as they are.", valueName: "name"))
    var variable: String?

    @Option(
        help: ArgumentHelp(
            "What is kept: lossless, max-error=N, max-error=N% or latent; the collection's or "
                + "archive's setting where it is left out.", valueName: "fidelity"))
    var fidelity: String?

    @Flag(help: "With --fidelity latent: the exact samples may be given up for ever.")
    var discardExact = false

    @Flag(
        inversion: .prefixedNo,
        help: "Whether containers are also kept as they came; a setting where it is left out.")
    var keepOriginal: Bool?

    @Option(help: ArgumentHelp("Put the cubes into this collection.", valueName: "name"))
    var collection: String?

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("Give the cubes this tag; may be repeated.", valueName: "k=v"))
    var tags: [TagArgument] = []

    @Flag(name: .customLong("no-latent"), help: "Leave the latents for later.")
    var leavesLatents = false

    @Option(
        help: ArgumentHelp(
            "How hard to try to make the exact stream short: normal, or best, which is smaller and "
                + "takes a second per million samples and core both ways; the collection's "
                + "setting where it is left out, else the archive's.", valueName: "effort"))
    var effort: ExactEffort?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var template = IngestRequest(
            path: "", variable: variable, fidelity: try fidelity.map { try Fidelity(parsing: $0) },
            discardsExact: discardExact, keepsOriginal: keepOriginal, collection: collection,
            tags: try TagArgument.dictionary(tags))
        template.effort = effort
        template.variableIsHint = paths.count > 1 || isFolder(paths[0])
        let writer = try archive.openWriter()
        let signals = SignalWatch(notice: "stopping; press Ctrl-C again to end at once")
        let (summary, isComplete) = try withExtendedLifetime(signals) {
            try ingest(writer, template, stop: signals.stop)
        }
        try output.write(summary) { summary.sentence + "\n" }
        guard isComplete else {
            throw CommandLineError.interrupted(
                advice: "the archive is consistent and keeps what was added; run the same command "
                    + "again to go on")
        }
        try fail(summary)
    }

    private func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }

    /// Does the work; what was done before an interruption is reported too.
    private func ingest(
        _ writer: ArchiveWriter, _ template: IngestRequest, stop: StopToken
    ) throws -> (summary: IngestSummary, isComplete: Bool) {
        let progress = output.makeProgress()
        defer { progress.finish() }
        let session = IngestSession(
            writer: writer, template: template, output: output, progress: progress, stop: stop)
        var summary = IngestSummary()
        do {
            summary = try session.ingest(CubeWalk(paths, stop: stop).findings)
            try stop.check()
            if !leavesLatents {
                summary.latents = try LatentUpdater(writer).encodePending(
                    stop: stop, progress: progress.sink)
            }
            return (summary, true)
        } catch BasicsError.stopped {
            return (summary, false)
        }
    }

    /// Ends with the status of what failed: its own where only one thing was asked for.
    private func fail(_ summary: IngestSummary) throws {
        guard let failure = summary.failures.first else { return }
        let status = ExitStatus(rawValue: failure.exitStatus) ?? .failed
        if summary.failures.count == 1, summary.cubes.isEmpty, paths.count == 1 {
            // People have read the reason already.
            guard output.json else { throw ExitCode(failure.exitStatus) }
            throw CommandLineError.requestFailed(reason: failure.error, exitStatus: status)
        }
        throw CommandLineError.partlyFailed(
            failedCount: summary.failures.count,
            totalCount: summary.failures.count + summary.cubes.count, noun: "cubes")
    }
}

extension ExactEffort: ExpressibleByArgument {}
