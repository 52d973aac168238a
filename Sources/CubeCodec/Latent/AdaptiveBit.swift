/// The learnt probability of one binary decision.
///
/// Integers only, so that encoder and decoder agree on every machine. Starts even; the n-th
/// decision moves it by 1/(n + 1.5) of the way, at last by 1/32. It stays within 1/128 of 0 and 1,
/// so every decision costs at least 1/89 bit: that bounds how much a stream can hold.
struct AdaptiveBit {
    /// Probability that the bit is 0, in units of 1/65536.
    private(set) var probabilityOfZero: UInt32
    private var count: UInt32

    private static let lowest: UInt32 = 65536 / 128
    private static let countLimit: UInt32 = 30

    /// Knows nothing.
    init() {
        probabilityOfZero = 1 << 15
        count = 0
    }

    /// Starts with an expectation that weighs as much as three decisions.
    init(expecting probabilityOfZero: UInt32) {
        self.probabilityOfZero = probabilityOfZero
        count = 3
    }

    /// Learns one decision.
    mutating func learn(_ bit: Bool) {
        let divisor = 2 * count + 3
        if bit {
            probabilityOfZero -= 2 * probabilityOfZero / divisor
        } else {
            probabilityOfZero += 2 * (65536 - probabilityOfZero) / divisor
        }
        probabilityOfZero = min(max(probabilityOfZero, Self.lowest), 65536 - Self.lowest)
        count = min(count + 1, Self.countLimit)
    }
}
