import Archive
import Basics
import Foundation

/// Work asked of the process that holds the writer lock, through the archive's request spool.
///
/// Where that process ends without an answer, such as a `cubevault ingest` that answers no
/// requests, the work is done here once the lock has been free for a while.
struct Delegation {
    private static let pollSeconds = 0.2
    /// A service manager that restarts the daemon must win against a waiting command.
    private static let patienceSeconds = 3.0

    private let archive: Archive
    private let folder: String
    private let spool: RequestSpool
    private let holder: String
    private let stop: StopToken
    private let progress: ConsoleProgress

    /// - Parameter holder: who has the lock, as the lock says it.
    init(folder: String, holder: String, stop: StopToken, progress: ConsoleProgress) throws {
        self.folder = folder
        self.holder = holder
        self.stop = stop
        self.progress = progress
        archive = try Archive(opening: folder)
        spool = RequestSpool(archive.layout)
    }

    /// Asks, waits for the answer while showing the other's progress, and returns its report.
    func perform(_ request: ArchiveRequest) throws -> String {
        let identity = try spool.submit(request)
        progress.note("asked \(holder), which is writing to this archive; waiting for it")
        var freeSince: Date?
        while !stop.isRequested {
            if let reply = try spool.takeReply(identity) { return try report(of: reply) }
            freeSince = archive.writerName == nil ? freeSince ?? Date() : nil
            if let freeSince, Date().timeIntervalSince(freeSince) > Self.patienceSeconds,
                let writer = try openedWriter()
            {
                if let reply = try spool.takeReply(identity) { return try report(of: reply) }
                try spool.withdraw(identity)
                return try RequestHandler(writer).perform(
                    request, stop: stop, progress: progress.sink)
            }
            try showProgress()
            Thread.sleep(forTimeInterval: Self.pollSeconds)
        }
        try spool.withdraw(identity)
        throw CommandLineError.interrupted(
            advice: "the request was withdrawn; where \(holder) has begun the work already, it "
                + "goes on with it ('cubevault status' shows it)")
    }

    /// The archive for writing; nil where somebody else was quicker.
    private func openedWriter() throws -> ArchiveWriter? {
        do { return try ArchiveWriter(opening: folder) } catch ArchiveError.writerBusy {
            return nil
        }
    }

    private func showProgress() throws {
        let newest = try ProgressBoard.entries(in: archive.layout).max { $0.at < $1.at }
        if let newest { progress.show(newest.report) }
    }

    private func report(of reply: ArchiveReply) throws -> String {
        if let report = reply.report { return report }
        throw CommandLineError.requestFailed(
            reason: reply.error ?? "\(holder) gave no reason",
            exitStatus: ExitStatus(rawValue: reply.exitStatus) ?? .failed)
    }
}
