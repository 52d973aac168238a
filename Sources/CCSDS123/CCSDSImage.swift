import Cube

/// An image of integer samples, as CCSDS 123.0-B-2 sees it (section 3).
public struct CCSDSImage: Hashable, Sendable {
    /// The extent; each dimension is at most 65,536.
    public let geometry: CubeGeometry
    /// Dynamic range D in bits, 2...32.
    public let bitDepth: Int
    /// Whether samples are two's complement.
    public let isSigned: Bool
    /// [bands][lines][samples]. Unsigned samples of 32 bits are held by their bit pattern.
    public var values: [Int32]

    /// An image over existing samples; there must be one value per sample of the geometry.
    public init(geometry: CubeGeometry, bitDepth: Int, isSigned: Bool, values: [Int32]) {
        precondition(values.count == geometry.sampleCount, "one value per sample")
        self.geometry = geometry
        self.bitDepth = bitDepth
        self.isSigned = isSigned
        self.values = values
    }

    /// The smallest bit depth (at least 2) that holds every one of `values`.
    public static func bitDepth(holding values: [Int32], isSigned: Bool) -> Int {
        guard isSigned else {
            let union = values.reduce(UInt32(0)) { $0 | UInt32(bitPattern: $1) }
            return max(2, 32 - union.leadingZeroBitCount)
        }
        let union = values.reduce(UInt32(0)) { $0 | UInt32(bitPattern: $1 ^ ($1 >> 31)) }
        return max(2, 33 - union.leadingZeroBitCount)
    }

    /// The samples that the bit depth allows (eqs. 9 and 10).
    public var sampleRange: ClosedRange<Int> {
        SampleRange(bitDepth: bitDepth, isSigned: isSigned).limits
    }
}
