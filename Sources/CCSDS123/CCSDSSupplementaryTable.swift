import Cube
import Foundation

/// A table about the image that travels in the header, such as its wavelengths (3.5).
public struct CCSDSSupplementaryTable: Hashable, Sendable, Codable {
    /// How one element is written.
    public enum Element: Hashable, Sendable, Codable {
        /// Unsigned integers of 1...32 bits.
        case unsigned(bitDepth: Int)
        /// Two's complement integers of 1...32 bits.
        case signed(bitDepth: Int)
        /// Floats: a sign bit, `exponentBitCount` bits (D_E, 2...8) and `significandBitCount` bits
        /// (D_F, 1...23). IEEE 754 binary32 is 23, 8, bias 127.
        case float(significandBitCount: Int, exponentBitCount: Int, bias: Int)
    }

    /// How many elements there are. Raw values are those of the stream.
    public enum Structure: Int, Sendable, Codable {
        /// One.
        case zeroDimensional = 0
        /// One per band.
        case perBand = 1
        /// [bands][samples].
        case perBandAndSample = 2
        /// [lines][samples].
        case perLineAndSample = 3
    }

    /// What the table tells: 0 scale, 1 offset, 2 wavelength, 3 full width at half maximum, 4
    /// defect indicator, 10...15 user-defined (table 3-1).
    public var purpose: Int
    /// How one element is written.
    public var element: Element
    /// How many elements there are.
    public var structure: Structure
    /// Four bits of the user's own.
    public var userData: Int
    /// The elements' bit patterns, each in its low bits, in the structure's order.
    public var patterns: [UInt32]

    /// States a table.
    public init(
        purpose: Int, element: Element, structure: Structure, userData: Int = 0,
        patterns: [UInt32]
    ) {
        self.purpose = purpose
        self.element = element
        self.structure = structure
        self.userData = userData
        self.patterns = patterns
    }

    /// The element as a number (eqs. 16 and 17).
    public func number(at index: Int) -> Double {
        let pattern = patterns[index]
        switch element {
        case .unsigned: return Double(pattern)
        case .signed(let bitDepth):
            return Double(Int32(bitPattern: pattern << (32 - bitDepth)) >> (32 - bitDepth))
        case .float(let significandBitCount, let exponentBitCount, let bias):
            let significand = Int(pattern & ((1 << significandBitCount) - 1))
            let largest = (1 << exponentBitCount) - 1
            let exponent = Int(pattern >> significandBitCount) & largest
            let isNegative = pattern >> (significandBitCount + exponentBitCount) & 1 == 1
            if exponent == largest {
                return significand != 0 ? .nan : isNegative ? -.infinity : .infinity
            }
            let mantissa = exponent == 0 ? significand : significand + (1 << significandBitCount)
            let power = max(exponent, 1) - bias - significandBitCount
            return (isNegative ? -1 : 1) * scalbn(Double(mantissa), power)
        }
    }

    /// Bits of one element.
    var elementBitCount: Int {
        switch element {
        case .unsigned(let bitDepth), .signed(let bitDepth): bitDepth
        case .float(let significandBitCount, let exponentBitCount, _):
            1 + significandBitCount + exponentBitCount
        }
    }

    /// Elements that the structure asks of an image.
    static func elementCount(_ structure: Structure, image: ImageTraits) -> Int {
        switch structure {
        case .zeroDimensional: 1
        case .perBand: image.geometry.bands
        case .perBandAndSample: image.geometry.bands * image.geometry.samples
        case .perLineAndSample: image.geometry.pixelCount
        }
    }

    func validate(for image: ImageTraits) throws(CCSDSError) {
        try checkParameter("table purpose", purpose, 0...15)
        guard !(5...9).contains(purpose) else {
            throw .invalidParameter(
                name: "table purpose", value: String(purpose), allowed: "0...4 or 10...15")
        }
        try checkParameter("table user data", userData, 0...15)
        switch element {
        case .unsigned(let bitDepth), .signed(let bitDepth):
            try checkParameter("table bit depth D_I", bitDepth, 1...32)
        case .float(let significandBitCount, let exponentBitCount, let bias):
            try checkParameter("significand bit depth D_F", significandBitCount, 1...23)
            try checkParameter("exponent bit depth D_E", exponentBitCount, 2...8)
            try checkParameter("exponent bias", bias, 0...(1 << exponentBitCount) - 1)
        }
        let count = Self.elementCount(structure, image: image)
        try checkParameter("table elements", patterns.count, count...count)
        let largest = UInt32.max >> (32 - elementBitCount)
        guard patterns.allSatisfy({ $0 <= largest }) else {
            throw .invalidParameter(
                name: "table element", value: "too large",
                allowed: "at most \(elementBitCount) bits")
        }
    }
}
