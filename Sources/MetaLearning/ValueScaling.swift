/// How one cube's samples are scaled to [0, 1] for the network: scaled = (sample - offset) / gain.
///
/// Invariant: both are finite and `gain` is positive.
public struct ValueScaling: Hashable, Sendable, Codable {
    /// The sample that becomes 0, in data units: the smallest valid one.
    public let offset: Double
    /// The range of the valid samples, in data units; 1 where all are equal.
    public let gain: Double

    /// The scaling of samples between two values; nil where they are no range of finite numbers.
    public init?(minimum: Double, maximum: Double) {
        self.init(offset: minimum, gain: maximum > minimum ? maximum - minimum : 1)
    }

    /// A stated scaling; nil where it is not finite or the gain is not positive.
    public init?(offset: Double, gain: Double) {
        guard offset.isFinite, gain.isFinite, gain > 0 else { return nil }
        self.offset = offset
        self.gain = gain
    }

    /// A sample in data units as the network sees it.
    public func scaled(_ sample: Double) -> Float { Float((sample - offset) / gain) }

    /// A network's output in data units: one product and one sum, each rounded, on every machine.
    public func sample(_ scaled: Float) -> Double { Double(scaled) * gain + offset }
}
