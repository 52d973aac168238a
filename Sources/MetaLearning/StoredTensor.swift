import Basics

/// How the values of one matrix or vector lie in a file: as floats, or in half the bytes as whole
/// numbers times a power of two, where that gives the same floats bit for bit.
enum StoredTensor {
    private static let floats: UInt32 = 0
    private static let integers: UInt32 = 1
    /// Largest magnitude of a whole number; -32768 does not occur.
    private static let limit: Float = 32767
    /// Exponents of the power of two: no product is subnormal or overflows.
    private static let exponents: ClosedRange<Int> = -100...100

    /// Rounds values to the nearest that can be stored in half the bytes: an error of at most
    /// 1/65534 of the largest magnitude. They are returned as they are where their magnitudes are
    /// beyond the range of the powers.
    static func rounded(_ values: ArraySlice<Float>) -> [Float] {
        guard let scale = scale(of: values) else { return Array(values) }
        // Zero without a sign, as whole numbers have none.
        return values.map { ($0 / scale).rounded() * scale + 0 }
    }

    /// Appends values in the shorter form that is exact.
    static func write(_ values: ArraySlice<Float>, to writer: inout ByteWriter) {
        guard let scale = scale(of: values), let numbers = exactNumbers(values, scale) else {
            writer.write(floats)
            writer.write(Array(values))
            return
        }
        writer.write(integers)
        writer.write(scale)
        for number in numbers { writer.write(number) }
    }

    /// Reads what ``write(_:to:)`` wrote.
    ///
    /// - Throws: ``BasicsError`` where the bytes are damaged.
    static func read(_ count: Int, from reader: inout ByteReader) throws -> [Float] {
        switch try reader.read(UInt32.self) {
        case floats: return try reader.readFloats(count)
        case integers:
            let scale = try reader.readFloat()
            guard scale.isNormal, scale.significand == 1, scale > 0,
                exponents.contains(Int(scale.exponent))
            else { throw reader.malformed("a scale is \(scale)") }
            let bytes = try reader.readBytes(count * 2)
            return stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
                let pattern = UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
                return Float(Int16(bitPattern: pattern)) * scale
            }
        case let form: throw reader.malformed("tensor form \(form) is not known")
        }
    }

    /// The smallest power of two with which the largest magnitude fits; 1 where all are 0.
    private static func scale(of values: ArraySlice<Float>) -> Float? {
        let largest = values.reduce(0) { max($0, abs($1)) }
        guard largest > 0 else { return 1 }
        guard largest.isNormal else { return nil }
        var exponent = Int(largest.exponent) - 14
        if (largest / power(exponent)).rounded() > limit { exponent += 1 }
        return exponents.contains(exponent) ? power(exponent) : nil
    }

    private static func power(_ exponent: Int) -> Float {
        Float(sign: .plus, exponent: exponent, significand: 1)
    }

    /// The whole numbers that give exactly these values; nil where there are none.
    private static func exactNumbers(_ values: ArraySlice<Float>, _ scale: Float) -> [Int16]? {
        var numbers: [Int16] = []
        numbers.reserveCapacity(values.count)
        for value in values {
            let quotient = value / scale
            guard abs(quotient) <= limit else { return nil }
            let number = Int16(quotient.rounded())
            guard (Float(number) * scale).bitPattern == value.bitPattern else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
