import Archive

/// A ``FieldCount`` with its sums; its keys are part of the JSON interface.
struct FieldCountReport: Encodable {
    /// The parts.
    var parts: FieldCount
    /// Everything but the output biases.
    var countWithoutOutputBiases: Int
    /// Everything.
    var count: Int
    /// Everything as 4-byte floats.
    var float32ByteCount: Int

    /// Adds up.
    init(_ parts: FieldCount) {
        self.parts = parts
        countWithoutOutputBiases = parts.countWithoutOutputBiases
        count = parts.count
        float32ByteCount = parts.float32ByteCount
    }
}
