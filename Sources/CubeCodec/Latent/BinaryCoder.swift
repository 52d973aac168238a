/// One side of a binary range coder, so that a model's walk over its decisions is written once.
protocol BinaryCoder {
    /// Codes one decision with a learnt probability: the encoder writes `bit` and returns it, the
    /// decoder ignores it and returns the bit read.
    mutating func code(_ bit: Bool, _ model: inout AdaptiveBit) -> Bool

    /// Codes one decision of even probability.
    mutating func code(_ bit: Bool) -> Bool
}
