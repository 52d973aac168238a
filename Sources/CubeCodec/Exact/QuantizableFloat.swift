/// The floating-point sample types.
protocol QuantizableFloat: BinaryFloatingPoint, Sendable {
    /// An integer of the same width.
    associatedtype Bits: FixedWidthInteger & UnsignedInteger

    /// The IEEE 754 bits.
    var bitPattern: Bits { get }

    /// The value of some bits.
    init(bitPattern: Bits)
}

extension Float: QuantizableFloat { typealias Bits = UInt32 }
extension Double: QuantizableFloat { typealias Bits = UInt64 }
