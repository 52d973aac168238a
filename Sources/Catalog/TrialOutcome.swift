/// How a candidate fared at the gate.
public enum TrialOutcome: String, Sendable, Hashable, Codable {
    /// It may become current.
    case won
    /// It was refused.
    case lost
    /// It was refused, and its user put it into use all the same.
    case forced
}
