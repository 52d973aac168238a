import Cube

/// The header of a CCSDS 123.0-B-2 stream (5.3): everything that a decoder knows before the body.
public struct CCSDSHeader: Hashable, Sendable, Codable {
    /// Eight bits of the user's own.
    public var userData: UInt8
    /// The image's extent; each dimension is at most 65,536.
    public var geometry: CubeGeometry
    /// Dynamic range D in bits, 2...32.
    public var bitDepth: Int
    /// Whether samples are two's complement.
    public var isSigned: Bool
    /// At most 15 tables about the image.
    public var supplementaryTables: [CCSDSSupplementaryTable]
    /// The coding parameters. With periodic error limit updating, the limits themselves are in the
    /// body, and a header that was only parsed has one period of zeros in their place.
    public var parameters: CCSDSParameters

    /// States a header.
    public init(
        userData: UInt8 = 0, geometry: CubeGeometry, bitDepth: Int, isSigned: Bool,
        supplementaryTables: [CCSDSSupplementaryTable] = [], parameters: CCSDSParameters
    ) {
        self.userData = userData
        self.geometry = geometry
        self.bitDepth = bitDepth
        self.isSigned = isSigned
        self.supplementaryTables = supplementaryTables
        self.parameters = parameters
    }

    /// The image without its samples.
    var image: ImageTraits {
        ImageTraits(geometry: geometry, bitDepth: bitDepth, isSigned: isSigned)
    }

    func validate() throws(CCSDSError) {
        try parameters.validate(for: image)
        try checkParameter("supplementary tables", supplementaryTables.count, 0...15)
        for table in supplementaryTables { try table.validate(for: image) }
    }
}
