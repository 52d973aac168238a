import Cube

extension MemoryCube {
    /// A uint16 cube whose samples a function gives.
    static func computed(
        lines: Int, samples: Int, bands: [BandDescription], nodataValue: Double? = nil,
        _ value: (_ line: Int, _ sample: Int, _ band: Int) -> Float
    ) throws -> MemoryCube {
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands.count)
        let values = bands.indices.flatMap { band in
            (0..<lines).flatMap { line in (0..<samples).map { value(line, $0, band) } }
        }
        let block = SampleBlock(
            window: CubeWindow(whole: geometry), bandIndices: Array(bands.indices),
            sampleType: .uint16, values: values)
        let description = CubeDescription(
            geometry: geometry, sampleType: .uint16, bands: bands, nodataValue: nodataValue)
        return MemoryCube(description: description, bytes: block.bytes)
    }
}
