import Foundation

/// Keeps deletions of blobs apart from cubes on their way in: a cube whose content is stored
/// already refers to the stored blob only once its record is committed, and until then nothing else
/// might.
final class IntakeGate: Sendable {
    private struct State {
        var openCount = 0
        var isClosing = false
    }

    private let condition = NSCondition()
    private nonisolated(unsafe) var state = State()

    /// Runs an intake; it waits while a deletion has its turn.
    func whileOpen<Result>(_ body: () throws -> Result) rethrows -> Result {
        condition.lock()
        while state.isClosing { condition.wait() }
        state.openCount += 1
        condition.unlock()
        defer {
            condition.lock()
            state.openCount -= 1
            condition.broadcast()
            condition.unlock()
        }
        return try body()
    }

    /// Runs a deletion once the intakes in hand are done; new ones wait for it.
    func whileNoneIsOpen<Result>(_ body: () throws -> Result) rethrows -> Result {
        condition.lock()
        while state.isClosing { condition.wait() }
        state.isClosing = true
        while state.openCount > 0 { condition.wait() }
        condition.unlock()
        defer {
            condition.lock()
            state.isClosing = false
            condition.broadcast()
            condition.unlock()
        }
        return try body()
    }
}
