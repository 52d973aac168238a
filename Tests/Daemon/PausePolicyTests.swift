import Archive
import Daemon
import Foundation
import Testing

/// When background work makes way, decided without waiting.
@Suite struct PausePolicyTests {
    private func policy(hours: String = "", load: Double = 80) throws -> PausePolicy {
        var settings = BackgroundSettings()
        settings.hours = hours
        settings.pauseAboveLoadPercent = load
        return try PausePolicy(settings)
    }

    @Test func `outside its hours it pauses whatever the load`() throws {
        let night = try policy(hours: "20:00-06:00")
        #expect(
            night.reasonToPause(minuteOfDay: 720, otherLoadPercent: 0, isPausedForLoad: false)
                == .hours)
        #expect(
            night.reasonToPause(minuteOfDay: 60, otherLoadPercent: 0, isPausedForLoad: false) == nil
        )
    }

    @Test func `it pauses above the limit and goes on well below it`() throws {
        let policy = try policy()
        func reason(_ load: Double?, paused: Bool) -> PauseReason? {
            policy.reasonToPause(
                minuteOfDay: 0, otherLoadPercent: load, isPausedForLoad: paused)
        }
        #expect(reason(79, paused: false) == nil)
        #expect(reason(81, paused: false) == .load)
        #expect(reason(70, paused: true) == .load)
        #expect(reason(60, paused: true) == nil)
        #expect(reason(nil, paused: true) == nil)
        #expect(
            try self.policy(load: 100).reasonToPause(
                minuteOfDay: 0, otherLoadPercent: 100, isPausedForLoad: false) == nil)
    }

    @Test func `load is what others take: time at low priority does not count`() {
        var text = "cpu  100 50 20 800 10 1 2 3 0 0\ncpu0 1 2 3\n"
        var meter = LoadMeter { text }
        let start = Date(timeIntervalSince1970: 0)
        #expect(meter.otherLoadPercent(at: start) == nil)
        // 60 ticks of others, 100 of ours, 40 idle.
        text = "cpu  150 150 25 840 10 2 3 6 0 0\n"
        #expect(meter.otherLoadPercent(at: start.addingTimeInterval(1)) == nil)
        let percent = meter.otherLoadPercent(at: start.addingTimeInterval(6))
        #expect(percent.map { abs($0 - 30) < 1e-9 } == true)
        text = "nonsense"
        #expect(meter.otherLoadPercent(at: start.addingTimeInterval(7)) == percent)
        #expect(meter.otherLoadPercent(at: start.addingTimeInterval(60)) == nil)
        var missing = LoadMeter { nil }
        #expect(missing.otherLoadPercent(at: start) == nil)
    }
}
