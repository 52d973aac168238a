/// The type of one stored sample. Complex types are not samples of a hyperspectral cube.
public enum SampleType: String, Sendable, Codable, CaseIterable {
    case uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64

    /// Bytes of one sample.
    public var byteCount: Int {
        switch self {
        case .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// Whether samples are IEEE 754 values, which may be NaN.
    public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

    /// Whether samples are two's complement integers.
    public var isSignedInteger: Bool { self == .int16 || self == .int32 || self == .int64 }
}
