/// How a block's words stand for its samples. Numbers are never reused.
enum SampleRepresentation: UInt8, Sendable {
    /// The words are the samples, through ``SampleWords``.
    case exact = 0
    /// The words are indices of a uniform quantiser; exceptions are listed apart.
    case quantized = 1
}
