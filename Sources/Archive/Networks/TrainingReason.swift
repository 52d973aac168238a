import Foundation

/// Why the daemon trains a base network.
public enum TrainingReason: Sendable, Equatable {
    /// There is none, and enough cubes have arrived.
    case first
    /// So many new cubes.
    case newCubes(Int)
    /// So many new bytes.
    case newBytes(Int)
    /// The new cubes' mean PSNR lies this far below what was reached on held-out cubes.
    case drift(decibels: Double)
    /// This part of the new cubes' bands lies outside the wavelengths that the network knows.
    case uncovered(percent: Double)
}

extension TrainingReason: CustomStringConvertible {
    /// For logs and events.
    public var description: String {
        switch self {
        case .first: "the first"
        case .newCubes(let count): "\(count) new cubes"
        case .newBytes(let count): "\(count) new bytes"
        case .drift(let decibels):
            "new cubes come out \(String(format: "%.1f", decibels)) dB below the held-out ones"
        case .uncovered(let percent):
            String(
                format: "%.0f %% of the new cubes' bands are unknown to the network", percent)
        }
    }
}

extension TrainingPolicy {
    /// Whether to train now, and why; nil for not. Pure: everything it depends on is a parameter.
    ///
    /// - Parameter quietSeconds: how long no cube has arrived; only the first training waits for
    /// that.
    public func reasonToTrain(
        _ facts: TrainingFacts, quietSeconds quiet: TimeInterval
    ) -> TrainingReason? {
        guard automatic else { return nil }
        if !facts.hasBase {
            return facts.cubeCount >= firstAfterCubeCount && quiet >= quietSeconds ? .first : nil
        }
        if againAfterCubeCount > 0, facts.newCubeCount >= againAfterCubeCount {
            return .newCubes(facts.newCubeCount)
        }
        let gibibyte = Double(1 << 30)
        if againAfterGibibytes > 0, facts.newCubeCount > 0,
            Double(facts.newByteCount) >= againAfterGibibytes * gibibyte
        {
            return .newBytes(facts.newByteCount)
        }
        return facts.newEncodedCubeCount >= driftCubeCount ? drift(facts) : nil
    }

    /// How much worse than before the new cubes come out, where that is a reason. PSNR is taken
    /// over the bands that a latent covers, so bands that it leaves out are a reason of their own.
    private func drift(_ facts: TrainingFacts) -> TrainingReason? {
        if driftDecibels > 0, let new = facts.newPSNRDecibels,
            let reference = facts.referencePSNRDecibels, reference - new > driftDecibels
        {
            return .drift(decibels: reference - new)
        }
        if driftUncoveredPercent > 0, let uncovered = facts.newUncoveredPercent,
            uncovered > driftUncoveredPercent
        {
            return .uncovered(percent: uncovered)
        }
        return nil
    }
}
