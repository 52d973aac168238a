import Archive
import Basics
import Foundation
import Synchronization

/// A thread that does tasks one after another until it is stopped.
///
/// Work that blocks never runs on Swift's cooperative pool.
final class BackgroundThread: Sendable {
    /// Time between two tries while the disk is full.
    private static let fullDiskSeconds = 30.0
    private let isLowered: Bool
    private let idleMicroseconds: UInt32
    private let waitsForRoom: Bool
    private let stop: StopToken
    private let fatal: @Sendable (any Error) -> Never
    private let doOne: @Sendable (_ begin: () -> Void) throws -> Bool
    private let busy = Mutex(false)
    private let group = DispatchGroup()

    /// - Parameters:
    ///   - isLowered: whether it runs at the lowest priority.
    ///   - idleMicroseconds: how long it waits where there was no task.
    ///   - waitsForRoom: whether a full disk makes it wait, and not end the process.
    ///   - doOne: does one task, after calling `begin` as soon as it knows that there is one;
    ///     returns whether there was.
    init(
        isLowered: Bool, idleMicroseconds: UInt32 = 200_000, waitsForRoom: Bool = false,
        stop: StopToken,
        fatal: @escaping @Sendable (any Error) -> Never,
        doOne: @escaping @Sendable (_ begin: () -> Void) throws -> Bool
    ) {
        self.isLowered = isLowered
        self.idleMicroseconds = idleMicroseconds
        self.waitsForRoom = waitsForRoom
        self.stop = stop
        self.fatal = fatal
        self.doOne = doOne
    }

    /// Whether a task is in hand.
    var isBusy: Bool { busy.withLock { $0 } }

    /// Starts the thread.
    func start() {
        let thread = Thread { [self] in
            if isLowered { ThreadPriority.lower() }
            while !stop.isRequested { work() }
            group.leave()
        }
        thread.stackSize = 8 << 20
        group.enter()
        thread.start()
    }

    /// Waits until the thread has seen the stop request and left.
    func join() { group.wait() }

    private func work() {
        defer { busy.withLock { $0 = false } }
        do {
            if try !doOne({ busy.withLock { $0 = true } }) { usleep(idleMicroseconds) }
        } catch BasicsError.stopped {
            return
        } catch let error as any CubevaultError where waitsForRoom && error.isFullDisk {
            let end = Date().addingTimeInterval(Self.fullDiskSeconds)
            while Date() < end, !stop.isRequested { usleep(idleMicroseconds) }
        } catch {
            fatal(error)
        }
    }
}
