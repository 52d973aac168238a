import Archive
import Basics
import Foundation
import Testing

/// The rules alone: which latent is better, which cubes are tried, which candidate wins, and when
/// to train.
@Suite struct RotationRuleTests {
    private func measure(
        _ error: Double, bytes: Int = 10_000, samples: Int = 1000
    ) -> EncodingRule.Measure {
        .init(meanSquaredError: error, validSampleCount: samples, byteCount: bytes)
    }

    @Test func `the smaller error wins at the same size, and equal is not better`() {
        let rule = EncodingRule(RotationSettings())
        #expect(rule.isBetter(measure(1), than: measure(2)))
        #expect(!rule.isBetter(measure(2), than: measure(2)))
        #expect(!rule.isBetter(measure(2), than: measure(1)))
        #expect(rule.isBetter(measure(0), than: measure(1)))
        #expect(!rule.isBetter(measure(.nan), than: measure(1)))
        #expect(!rule.isBetter(measure(1, bytes: 0), than: measure(2)))
    }

    @Test func `twice the bytes must bring the set gain, and half the bytes never cost quality`() {
        let rule = EncodingRule(RotationSettings())
        #expect(!rule.isBetter(measure(0.6, bytes: 20_000), than: measure(1)))
        #expect(rule.isBetter(measure(0.4, bytes: 20_000), than: measure(1)))
        #expect(!rule.isBetter(measure(1.01, bytes: 5_000), than: measure(1)))
        #expect(rule.isBetter(measure(1, bytes: 5_000), than: measure(1)))
        var tolerant = RotationSettings()
        tolerant.largestLossDecibels = 1
        #expect(EncodingRule(tolerant).isBetter(measure(1.1, bytes: 5_000), than: measure(1)))
        #expect(!EncodingRule(tolerant).isBetter(measure(1.5, bytes: 5_000), than: measure(1)))
    }

    @Test func `twenty bytes more are not a doubling of what an encoding takes`() {
        let rule = EncodingRule(RotationSettings())
        #expect(rule.isBetter(measure(0.8, bytes: 40), than: measure(1, bytes: 20)))
        #expect(!rule.isBetter(measure(0.95, bytes: 40), than: measure(1, bytes: 20)))
    }

    @Test func `leaving samples out is never better, and covering more is`() {
        let rule = EncodingRule(RotationSettings())
        #expect(!rule.isBetter(measure(0.1, samples: 900), than: measure(1)))
        #expect(rule.isBetter(measure(3, samples: 1100), than: measure(1)))
    }

    @Test func `the gate credits bands that had no description, and debits lost ones`() {
        let rule = EncodingRule(RotationSettings())
        func gain(_ old: EncodingRule.Measure, _ new: EncodingRule.Measure) -> Double {
            rule.gain(from: old, to: new, squaredPeak: 1)
        }
        let part = measure(0.001, samples: 400)
        let whole = measure(0.001, samples: 1000)
        // 600 samples at 20 dB and 400 at 30 dB: an error of 0.0064.
        #expect(abs(gain(part, whole) - 10 * log10(6.4)) < 1e-9)
        #expect(abs(gain(whole, part) + 10 * log10(6.4)) < 1e-9)
        #expect(gain(whole, whole) == 0)
        // Badly described is no better than not at all.
        #expect(gain(part, measure(0.01, samples: 1000)) < 0)
        #expect(abs(gain(measure(.infinity, samples: 0), whole) - 10) < 1e-9)
    }

    private func cubes(_ count: Int, sensor: String, heldOut: Bool = false) -> [CanaryChooser.Cube]
    {
        (0..<count).map { index in
            CanaryChooser.Cube(
                id: SHA256Hasher.digest(of: Array("\(sensor) \(heldOut) \(index)".utf8)),
                sensor: sensor, collection: "", sampleCount: 1 << 20, isHeldOut: heldOut)
        }
    }

    @Test func `the canary has some of every kind, whatever there is most of`() {
        let all =
            cubes(500, sensor: "A") + cubes(3, sensor: "B") + cubes(1, sensor: "C")
            + cubes(2, sensor: "A", heldOut: true)
        let chosen = CanaryChooser(seed: 3).choose(8, from: all)
        #expect(chosen.count == 8 && Set(chosen).count == 8)
        #expect(chosen.filter(\.isHeldOut).count == 2)
        #expect(Set(chosen.map(\.sensor)) == ["A", "B", "C"])
        #expect(chosen.filter { $0.sensor == "B" }.count >= 2)
        #expect(CanaryChooser(seed: 3).choose(8, from: all.shuffled()) == chosen)
        #expect(CanaryChooser(seed: 3).choose(1000, from: all).count == all.count)
        #expect(CanaryChooser(seed: 3).choose(5, from: []).isEmpty)
    }

    private func canary(_ gain: Double?, heldOut: Bool = false, old: Double? = 30) -> CanaryReport {
        CanaryReport(
            id: SHA256Hasher.digest(of: [1]), name: "c", sensor: "A", isHeldOut: heldOut,
            oldPSNRDecibels: old, newPSNRDecibels: (old ?? 30) + (gain ?? 0),
            oldBitsPerSample: old.map { _ in 0.1 }, newBitsPerSample: 0.1, oldSeconds: 2,
            newSeconds: 2, gainDecibels: gain)
    }

    private func judge(_ cubes: [CanaryReport]) -> GateReport {
        Gate(RotationSettings()).judge(version: 2, against: 1, cubes: cubes)
    }

    @Test func `the gate wants a mean gain, few losers and no loss on held-out cubes`() {
        #expect(judge([canary(1), canary(0.5), canary(-0.2)]).isWon)
        #expect(!judge([canary(0.05), canary(0.1)]).isWon)
        #expect(!judge([canary(5), canary(-0.1), canary(-0.1)]).isWon)
        let memorised = judge([canary(3), canary(3), canary(-1, heldOut: true)])
        #expect(!memorised.isWon && memorised.objections.count == 1)
        #expect(memorised.heldOutGainDecibels == -1)
        #expect(memorised.referencePSNRDecibels == 29)
        #expect(judge([canary(nil, old: nil)]).isWon, "cubes that had no latent get one")
        #expect(!judge([]).isWon)
    }

    @Test func `encoding that became far too slow is an objection`() {
        var slow = canary(1)
        slow.newSeconds = 9
        #expect(judge([slow]).objections.count == 1)
        slow.newSeconds = 7
        #expect(judge([slow]).isWon)
    }

    private func facts(
        new: Int = 0, bytes: Int = 0, encoded: Int = 0, psnr: Double? = nil,
        uncovered: Double? = nil
    ) -> TrainingFacts {
        TrainingFacts(
            cubeCount: 1000, hasBase: true, newCubeCount: new, newByteCount: bytes,
            newEncodedCubeCount: encoded, newPSNRDecibels: psnr, referencePSNRDecibels: 40,
            newUncoveredPercent: uncovered)
    }

    @Test func `the first training waits for enough cubes and a quiet time`() {
        let policy = TrainingPolicy()
        let few = TrainingFacts(cubeCount: 3, hasBase: false)
        let enough = TrainingFacts(cubeCount: 4, hasBase: false)
        #expect(policy.reasonToTrain(few, quietSeconds: 1e9) == nil)
        #expect(policy.reasonToTrain(enough, quietSeconds: 29) == nil)
        #expect(policy.reasonToTrain(enough, quietSeconds: 31) == .first)
        var manual = policy
        manual.automatic = false
        #expect(manual.reasonToTrain(enough, quietSeconds: 1e9) == nil)
    }

    @Test func `later trainings come after new cubes, new bytes or drift, in a busy archive too`() {
        let policy = TrainingPolicy()
        func reason(_ facts: TrainingFacts) -> TrainingReason? {
            policy.reasonToTrain(facts, quietSeconds: 0)
        }
        #expect(reason(facts(new: 199)) == nil)
        #expect(reason(facts(new: 200)) == .newCubes(200))
        #expect(reason(facts(new: 5, bytes: 200 << 30)) == .newBytes(200 << 30))
        #expect(reason(facts(new: 8, encoded: 8, psnr: 36.5)) == .drift(decibels: 3.5))
        #expect(reason(facts(new: 8, encoded: 7, psnr: 30)) == nil)
        #expect(reason(facts(new: 8, encoded: 8, psnr: 37.5)) == nil)
        #expect(reason(facts(new: 8, encoded: 8, psnr: 50, uncovered: 9)) == nil)
        #expect(
            reason(facts(new: 8, encoded: 8, psnr: 50, uncovered: 58)) == .uncovered(percent: 58))
        #expect(reason(facts(new: 8, encoded: 7, psnr: 50, uncovered: 58)) == nil)
        var never = policy
        never.againAfterCubeCount = 0
        never.againAfterGibibytes = 0
        never.driftDecibels = 0
        never.driftUncoveredPercent = 0
        #expect(
            never.reasonToTrain(
                facts(new: 9999, bytes: 1 << 50, encoded: 99, psnr: 1, uncovered: 100),
                quietSeconds: 1e9) == nil)
    }

    @Test func `hours of the day may cross midnight`() throws {
        let night = try HoursOfDay(parsing: "20:00-06:30")
        #expect(night.contains(minute: 20 * 60) && night.contains(minute: 0))
        #expect(night.contains(minute: 6 * 60 + 29) && !night.contains(minute: 6 * 60 + 30))
        #expect(!night.contains(minute: 12 * 60))
        let noon = try HoursOfDay(parsing: "11:00-13:00")
        #expect(noon.contains(minute: 720) && !noon.contains(minute: 13 * 60))
        #expect(try HoursOfDay(parsing: "").contains(minute: 3))
        for text in ["8-9", "08:00", "25:00-26:00", "08:60-09:00", "08:00-08:00", "x"] {
            #expect(throws: ArchiveError.self) { try HoursOfDay(parsing: text) }
        }
    }
}
