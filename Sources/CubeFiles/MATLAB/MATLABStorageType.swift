import Cube

/// The numeric types that a .mat file can store, whatever class MATLAB shows: it stores a double
/// array of small whole numbers as, say, uint16.
enum MATLABStorageType: String, Sendable {
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64

    /// The type that a `miXXX` number of a v5 data element stands for.
    init?(elementType: UInt32) {
        switch elementType {
        case 1: self = .int8
        case 2: self = .uint8
        case 3: self = .int16
        case 4: self = .uint16
        case 5: self = .int32
        case 6: self = .uint32
        case 7: self = .float32
        case 9: self = .float64
        case 12: self = .int64
        case 13: self = .uint64
        default: return nil
        }
    }

    /// Bytes of one stored value.
    var byteCount: Int { self == .int8 ? 1 : sampleType.byteCount }

    /// The narrowest sample type that holds every stored value exactly.
    var sampleType: SampleType {
        switch self {
        case .int8, .int16: .int16
        case .uint8: .uint8
        case .uint16: .uint16
        case .int32: .int32
        case .uint32: .uint32
        case .int64: .int64
        case .uint64: .uint64
        case .float32: .float32
        case .float64: .float64
        }
    }

    /// The stored values as doubles; `bytes` holds whole little-endian values.
    func doubles(_ bytes: [UInt8]) -> [Double] {
        func load<Stored>(_ type: Stored.Type, _ convert: (Stored) -> Double) -> [Double] {
            bytes.withUnsafeBytes { raw in
                stride(from: 0, to: raw.count, by: MemoryLayout<Stored>.size).map {
                    convert(raw.loadUnaligned(fromByteOffset: $0, as: type))
                }
            }
        }
        return switch self {
        case .int8: load(Int8.self) { Double($0) }
        case .uint8: load(UInt8.self) { Double($0) }
        case .int16: load(Int16.self) { Double($0) }
        case .uint16: load(UInt16.self) { Double($0) }
        case .int32: load(Int32.self) { Double($0) }
        case .uint32: load(UInt32.self) { Double($0) }
        case .int64: load(Int64.self) { Double($0) }
        case .uint64: load(UInt64.self) { Double($0) }
        case .float32: load(Float.self) { Double($0) }
        case .float64: load(Double.self) { $0 }
        }
    }
}
