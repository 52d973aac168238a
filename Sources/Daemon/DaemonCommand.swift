import Archive
import Basics
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// The daemon as a command: opens the archive for writing and runs until SIGTERM or SIGINT.
public struct DaemonCommand: Sendable {
    private let archiveFolder: String
    private let once: Bool
    private let logLevel: Logger.Level

    /// - Parameters:
    ///   - archiveFolder: the archive.
    ///   - once: whether to take what lies in the watch folder, bring the archive up to date and
    ///     end.
    ///   - logLevel: what is worth a line on standard error.
    public init(archiveFolder: String, once: Bool, logLevel: Logger.Level) {
        self.archiveFolder = archiveFolder
        self.once = once
        self.logLevel = logLevel
    }

    /// Runs the daemon.
    ///
    /// - Throws: what opening the archive throws, ``ArchiveError/writerBusy(folder:holder:)``
    ///   where another process has it.
    public func run() async throws {
        var logger = Logger(label: "cubevaultd", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = logLevel
        let writer = try ArchiveWriter(opening: archiveFolder)
        let service = DaemonService(writer: writer, logger: logger, runsOnce: once)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: service,
                        successTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}

/// Runs the engine on a thread of its own and turns a graceful shutdown into a stop request.
struct DaemonService: Service {
    let writer: ArchiveWriter
    let logger: Logger
    let runsOnce: Bool

    func run() async throws {
        let stop = StopToken()
        try await withGracefulShutdownHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread {
                    continuation.resume(
                        with: Result {
                            try DaemonEngine(
                                writer: writer, logger: logger, notifier: ServiceNotifier(),
                                stop: stop, runsOnce: runsOnce
                            ).run()
                        })
                }
                thread.stackSize = 8 << 20
                thread.start()
            }
        } onGracefulShutdown: {
            stop.request()
        }
    }
}
