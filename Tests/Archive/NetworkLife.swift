import Archive
import Basics
import Catalog
import Cube
import Foundation
import Glibc

/// The life of an archive's second base network, from its training to its removal, as one piece of
/// work that can be killed anywhere and goes on when it is begun again.
struct NetworkLife {
    let path: String
    /// The step at which the process is killed; nil for none.
    let fatalStep: String?

    private var operations: FileOperations {
        var operations = FileOperations.real
        operations.reached = { [fatalStep] in if $0 == fatalStep { kill(getpid(), SIGKILL) } }
        return operations
    }

    private func writer(daysFromNow days: Double = 0) throws -> ArchiveWriter {
        try ArchiveWriter(opening: path, operations: operations) {
            Date().addingTimeInterval(days * 86_400)
        }
    }

    /// Whether the second network has been rotated to and taken back.
    private func isTakenBack(_ writer: ArchiveWriter) throws -> Bool {
        try writer.archive.catalog.rotations().contains { $0.state == .rolledBack }
    }

    /// Does whatever is left.
    func goOn() throws {
        try rotateAndGoBack()
        // The first collection marks, the second deletes.
        for days in [100.0, 200.0] {
            _ = try Collector(writer(daysFromNow: days)).collect()
        }
    }

    private func rotateAndGoBack() throws {
        let writer = try writer()
        let catalog = writer.archive.catalog
        if try isTakenBack(writer) { return }
        // As the daemon does when it starts: it gives up exact samples that were to go.
        try EncodingQueue(writer).planNewCubes()
        let hasCandidate = try catalog.bases().contains { $0.version == 2 }
        if try !hasCandidate || BaseTrainer(writer).isInterrupted { try train(writer) }
        if let job = try writer.catalog.claim(kinds: [Rotator.jobKind]) {
            _ = try Rotator(writer).begin(to: Int(job.subject), force: true)
            try writer.catalog.finish(job.id)
        }
        let queue = EncodingQueue(writer)
        while try queue.performNext() != nil {}
        _ = try Rotator(writer).rollback()
    }

    /// Trains, interrupting itself once: from the first network and for longer, so that the second
    /// is better and cubes are switched to it.
    private func train(_ writer: ArchiveWriter) throws {
        var options = TrainingOptions()
        options.seed = 2
        options.initialVersion = 1
        options.iterationLimit = 300
        options.isAutomatic = true
        let trainer = BaseTrainer(writer)
        if try !trainer.isInterrupted {
            let stop = StopToken()
            do {
                _ = try trainer.train(options, stop: stop) { report in
                    if report.activity == "training" { stop.request() }
                }
            } catch BasicsError.stopped {
                _ = try trainer.train(options)
            }
        } else {
            _ = try trainer.train(options)
        }
    }
}
