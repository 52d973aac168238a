/// How a block's words stand for its samples. Numbers are never reused.
enum SampleRepresentation: UInt8, Sendable {
    /// The words are the samples, through ``SampleWords``.
    case exact = 0
    /// The words are indices of a uniform quantiser; exceptions are listed apart.
    case quantized = 1
    /// The words are indices of levels whose distances grow with the samples: see
    /// ``RelativeLevels`` for integers and ``RelativeFloatLevels`` for floats.
    case relative = 2
    /// The words are whole numbers, and the samples, floats, their quotients by one divisor:
    /// see ``FloatScale``.
    case quotient = 3
}
