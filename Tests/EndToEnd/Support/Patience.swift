import Foundation
import Glibc
import Testing

/// Waiting for other processes.
enum Patience {
    /// As long as the slowest of machines may need.
    private static let limit = Duration.seconds(300)

    /// Looks again and again for a value until there is one; nil, and an issue, where none came.
    static func first<Value>(
        _ what: String, _ look: () throws -> Value?
    ) rethrows -> Value? {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if let value = try look() { return value }
            usleep(50_000)
        }
        Issue.record("waited in vain: \(what)")
        return nil
    }

    /// Waits until a condition holds.
    static func wait(_ what: String, until condition: () throws -> Bool) rethrows {
        _ = try first(what) { try condition() ? true : nil }
    }
}
