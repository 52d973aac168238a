import Cube

/// ENVI's `data type` codes.
enum ENVIDataType {
    /// The code of every type of samples.
    static func code(of type: SampleType) -> Int {
        switch type {
        case .uint8: 1
        case .int16: 2
        case .int32: 3
        case .float32: 4
        case .float64: 5
        case .uint16: 12
        case .uint32: 13
        case .int64: 14
        case .uint64: 15
        }
    }

    /// The type of a code; nil for complex types and codes that ENVI does not define.
    static func sampleType(code: Int) -> SampleType? {
        SampleType.allCases.first { self.code(of: $0) == code }
    }

    /// Whether the code means complex samples of 2 x 4 or 2 x 8 bytes.
    static func isComplex(code: Int) -> Bool { code == 6 || code == 9 }
}
