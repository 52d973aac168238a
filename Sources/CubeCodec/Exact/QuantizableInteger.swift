/// The integer sample types, with a wider signed type for exact arithmetic on them.
protocol QuantizableInteger: FixedWidthInteger, Sendable {
    /// Holds four times the range of the type.
    associatedtype Widened: FixedWidthInteger & SignedInteger
}

extension UInt8: QuantizableInteger { typealias Widened = Int32 }
extension Int16: QuantizableInteger { typealias Widened = Int32 }
extension UInt16: QuantizableInteger { typealias Widened = Int32 }
extension Int32: QuantizableInteger { typealias Widened = Int64 }
extension UInt32: QuantizableInteger { typealias Widened = Int64 }
extension Int64: QuantizableInteger { typealias Widened = Int128 }
extension UInt64: QuantizableInteger { typealias Widened = Int128 }
