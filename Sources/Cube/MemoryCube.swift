/// A whole cube in memory, for small cubes and tests.
public struct MemoryCube: CubeSource, Equatable {
    /// The cube's geometry and metadata.
    public let description: CubeDescription
    /// All samples.
    public let block: SampleBlock

    /// A cube over [bands][lines][samples] raw samples.
    public init(description: CubeDescription, bytes: [UInt8]) {
        self.description = description
        block = SampleBlock(
            window: CubeWindow(whole: description.geometry),
            bandIndices: Array(0..<description.geometry.bands),
            sampleType: description.sampleType, bytes: bytes)
    }

    /// Reads a whole source into memory.
    public init(reading source: some CubeSource) throws {
        let block = try source.read(lines: 0..<source.description.geometry.lines)
        self.init(description: source.description, bytes: block.bytes)
    }

    /// A crop of the samples.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: bandIndices)
        return block.cropped(to: window, bandIndices: bandIndices)
    }
}

extension CubeGeometry {
    /// Requires every band index to lie inside the cube.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``.
    public func check(bandIndices: [Int]) throws(CubeError) {
        for band in bandIndices where !(0..<bands).contains(band) {
            throw .outsideCube(request: "band index \(band)", geometry: description)
        }
    }
}
