import Archive
import Basics
import Pictures
import Synchronization

/// Progress on standard error: a bar that redraws itself on a terminal, else JSON lines, at most
/// one per second and always the last.
final class ConsoleProgress: Sendable {
    /// How progress is shown.
    enum Style: Sendable {
        /// Not at all.
        case none
        /// One line that redraws itself.
        case bar
        /// One line of JSON per report.
        case lines
    }

    private struct State {
        var newest: ProgressReport?
        var lastShown: ContinuousClock.Instant?
        var isNewestShown = true
        var isBarDrawn = false
        /// When the present activity on the present subject began.
        var begunAt = ContinuousClock.now
    }

    private static let barInterval = Duration.milliseconds(100)
    private static let lineInterval = Duration.seconds(1)
    private let style: Style
    private let state = Mutex(State())

    /// Progress that nothing has been reported to yet.
    init(_ style: Style) { self.style = style }

    /// What long work reports to.
    var sink: ProgressSink? {
        if style == .none { return nil }
        return { [self] in show($0) }
    }

    /// Shows a report, or keeps it until it is time to show one again.
    func show(_ report: ProgressReport) {
        if style == .none { return }
        state.withLock { state in
            if state.newest == report { return }
            if state.newest?.activity != report.activity || state.newest?.subject != report.subject
            {
                state.begunAt = ContinuousClock.now
            }
            state.newest = report
            state.isNewestShown = false
            let interval = style == .bar ? Self.barInterval : Self.lineInterval
            let now = ContinuousClock.now
            if let last = state.lastShown, now - last < interval { return }
            draw(&state)
        }
    }

    /// Says something on standard error: above the bar, or as a line of JSON with the key `note`.
    func note(_ text: String) {
        if style == .none { return }
        // Text of any kind can be JSON; should it fail all the same, it is said plainly.
        let line = style == .lines ? try? JSONCoding.line(["note": text]) : nil
        interrupting { Console.writeError((line ?? text) + "\n") }
    }

    /// Writes to the terminal without the bar in the way.
    func interrupting(_ write: () -> Void) {
        state.withLock { state in
            erase(&state)
            write()
        }
    }

    /// Shows what was not shown yet (JSON lines) or takes the bar away.
    func finish() {
        state.withLock { state in
            if style == .lines, !state.isNewestShown { draw(&state) }
            erase(&state)
        }
    }

    private func draw(_ state: inout State) {
        guard let report = state.newest else { return }
        state.lastShown = ContinuousClock.now
        state.isNewestShown = true
        if style == .bar {
            state.isBarDrawn = true
            let bar = TerminalProgressBar(columnCount: Console.errorWidth - 1)
            let elapsed = ContinuousClock.now - state.begunAt
            let line = bar.line(for: report, elapsedSeconds: elapsed / .seconds(1))
            Console.writeError("\r" + line + "\u{1B}[K")
            // A figure that JSON cannot hold is not worth failing the work for.
        } else if let line = try? JSONCoding.line(report) {
            Console.writeError(line + "\n")
        }
    }

    private func erase(_ state: inout State) {
        if state.isBarDrawn { Console.writeError("\r\u{1B}[K") }
        state.isBarDrawn = false
    }
}
