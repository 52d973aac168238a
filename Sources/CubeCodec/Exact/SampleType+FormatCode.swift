import Cube

extension SampleType {
    /// The type's number in streams. Numbers are never reused.
    var formatCode: UInt8 {
        switch self {
        case .uint8: 1
        case .int16: 2
        case .uint16: 3
        case .int32: 4
        case .uint32: 5
        case .int64: 6
        case .uint64: 7
        case .float32: 8
        case .float64: 9
        }
    }

    /// The type of a number; nil where there is none.
    init?(formatCode: UInt8) {
        guard let type = SampleType.allCases.first(where: { $0.formatCode == formatCode }) else {
            return nil
        }
        self = type
    }
}
