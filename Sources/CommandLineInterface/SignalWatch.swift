import Basics
import Dispatch
import Glibc

/// Turns SIGINT and SIGTERM into a request to stop, for as long as it lives.
///
/// The first signal asks the work to stop where nothing is left half-done; the second ends the
/// process at once, which an archive survives as it survives a power cut.
final class SignalWatch {
    /// Set by the first signal.
    let stop = StopToken()
    private let sources: [any DispatchSourceSignal]
    private static let signals = [SIGINT, SIGTERM]

    /// Starts watching.
    ///
    /// - Parameter notice: said on standard error at the first signal; empty for nothing.
    init(notice: String) {
        let stop = stop
        sources = Self.signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if stop.isRequested { _exit(ExitStatus.interrupted.rawValue) }
                stop.request()
                if !notice.isEmpty { Console.writeError("\n" + notice + "\n") }
            }
            source.activate()
            return source
        }
    }

    deinit {
        for (source, number) in zip(sources, Self.signals) {
            source.cancel()
            signal(number, SIG_DFL)
        }
    }

    /// Does work that an interruption stops.
    ///
    /// - Parameter advice: how to go on after an interruption.
    /// - Throws: ``CommandLineError/interrupted(advice:)`` and what the work throws.
    static func guarding<Result>(
        advice: String, _ body: (StopToken) throws -> Result
    ) throws -> Result {
        let watch = SignalWatch(notice: "stopping; press Ctrl-C again to end at once")
        do {
            return try withExtendedLifetime(watch) { try body(watch.stop) }
        } catch BasicsError.stopped {
            throw CommandLineError.interrupted(advice: advice)
        }
    }
}
