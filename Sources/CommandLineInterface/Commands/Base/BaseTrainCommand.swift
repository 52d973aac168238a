import Archive
import ArgumentParser
import Foundation

/// `cubevault base train`.
struct BaseTrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a base network on the archive's own cubes and keep it as a candidate.",
        discussion: """
            What is not said is taken from the archive's settings (cubevault.toml). An \
            interrupted training resumes from its checkpoint, on the same cubes and with the same \
            settings, and options that say otherwise are refused; --restart throws the checkpoint \
            away.

            Examples:
              cubevault base train
              cubevault base train --time-limit 3600
              cubevault base train --iterations 2000 --seed 7
              cubevault base train --init-from 3

            Then 'cubevault base rotate' puts it into use.
            """)

    @Option(help: ArgumentHelp("Seconds that the training may take.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(help: ArgumentHelp("Outer iterations that the training may take.", valueName: "n"))
    var iterations: Int?

    @Option(help: ArgumentHelp("Seed of everything random.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Start from this base network.", valueName: "version"))
    var initFrom: String?

    @Option(
        help: ArgumentHelp(
            "The family that it is numbered in; derived from the cubes' sensor and wavelengths "
                + "where it is left out.", valueName: "name"))
    var family: String?

    @Flag(help: "Throw away the checkpoint of an interrupted training.")
    var restart = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let timeLimit, !(timeLimit > 0 && timeLimit.isFinite) {
            throw ValidationError("--time-limit must be a positive number of seconds")
        }
        if let iterations, iterations < 1 {
            throw ValidationError("--iterations must be at least 1")
        }
    }

    func run() throws {
        let request = ArchiveRequest.train(
            timeLimitSeconds: timeLimit, iterationLimit: iterations, seed: seed,
            initialVersion: try initFrom.map { try archive.open().resolveBase($0) },
            family: family, startsAfresh: restart)
        let base = try WriterTask(archive: archive, output: output).perform(
            request, as: BaseReport.self,
            advice: "the training is kept in a checkpoint and the archive is consistent; "
                + "'cubevault base train' resumes it",
            note: try resumptionNote())
        try output.write(base) {
            BaseFields.text(of: base) + "\n'cubevault base rotate' puts it into use\n"
        }
    }

    /// What must be known where this command will resume a training; nil where it begins one.
    private func resumptionNote() throws -> String? {
        let checkpoint = try archive.open().layout.trainingCheckpoint
        guard !restart, FileManager.default.fileExists(atPath: checkpoint) else { return nil }
        return "resuming an interrupted training with its own cubes and settings; "
            + "--restart begins afresh"
    }
}
