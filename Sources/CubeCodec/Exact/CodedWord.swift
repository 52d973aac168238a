/// The signed integers that ``BandDifferenceCoder`` works in.
protocol CodedWord: FixedWidthInteger, SignedInteger, Sendable
where Magnitude: FixedWidthInteger & UnsignedInteger {
    /// The type that linear prediction is computed in, wrapping.
    associatedtype Wide: FixedWidthInteger & SignedInteger
}

extension Int8: CodedWord { typealias Wide = Int32 }
extension Int16: CodedWord { typealias Wide = Int32 }
extension Int32: CodedWord { typealias Wide = Int64 }
extension Int64: CodedWord { typealias Wide = Int64 }
