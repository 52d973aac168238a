/// A cube's extent: lines x samples x bands, each at least 1.
///
/// Invariant: `sampleCount * 8` fits in an Int, so byte counts of any sample type never overflow.
public struct CubeGeometry: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Number of image rows (y).
    public let lines: Int
    /// Number of image columns (x).
    public let samples: Int
    /// Number of spectral channels.
    public let bands: Int

    /// Checks the extent.
    ///
    /// - Throws: ``CubeError/impossibleGeometry(lines:samples:bands:reason:)``.
    public init(lines: Int, samples: Int, bands: Int) throws(CubeError) {
        func impossible(_ reason: String) -> CubeError {
            .impossibleGeometry(lines: lines, samples: samples, bands: bands, reason: reason)
        }
        guard lines > 0, samples > 0, bands > 0 else {
            throw impossible("every dimension must be at least 1")
        }
        let plane = lines.multipliedReportingOverflow(by: samples)
        let volume = plane.partialValue.multipliedReportingOverflow(by: bands)
        let bytes = volume.partialValue.multipliedReportingOverflow(by: 8)
        guard !plane.overflow, !volume.overflow, !bytes.overflow else {
            throw impossible("it has more bytes than a 64-bit machine can address")
        }
        self.lines = lines
        self.samples = samples
        self.bands = bands
    }

    /// Decodes and checks an extent.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            lines: values.decode(Int.self, forKey: .lines),
            samples: values.decode(Int.self, forKey: .samples),
            bands: values.decode(Int.self, forKey: .bands))
    }

    /// Number of pixels of one band.
    public var pixelCount: Int { lines * samples }

    /// Number of samples in the whole cube.
    public var sampleCount: Int { lines * samples * bands }

    /// For people: `100 lines x 100 samples x 224 bands`.
    public var description: String { "\(lines) lines x \(samples) samples x \(bands) bands" }
}
