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
        if driftDecibels > 0, facts.newEncodedCubeCount >= driftCubeCount,
            let new = facts.newPSNRDecibels, let reference = facts.referencePSNRDecibels,
            reference - new > driftDecibels
        {
            return .drift(decibels: reference - new)
        }
        return nil
    }
}
