/// A rectangle of pixels: the half-open ranges of its lines and samples, never empty.
public struct CubeWindow: Hashable, Sendable, Codable {
    /// Image rows of the window.
    public let lines: Range<Int>
    /// Image columns of the window.
    public let samples: Range<Int>

    /// A window over non-empty ranges.
    public init(lines: Range<Int>, samples: Range<Int>) {
        precondition(!lines.isEmpty && !samples.isEmpty, "a window holds at least one pixel")
        self.lines = lines
        self.samples = samples
    }

    /// The window that covers a whole cube.
    public init(whole geometry: CubeGeometry) {
        self.init(lines: 0..<geometry.lines, samples: 0..<geometry.samples)
    }

    /// Full-width rows of a cube.
    public init(lines: Range<Int>, of geometry: CubeGeometry) {
        self.init(lines: lines, samples: 0..<geometry.samples)
    }

    /// Number of pixels in the window.
    public var pixelCount: Int { lines.count * samples.count }

    /// Requires the window to lie inside a cube.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``.
    public func check(inside geometry: CubeGeometry) throws(CubeError) {
        let fits =
            lines.lowerBound >= 0 && samples.lowerBound >= 0
            && lines.upperBound <= geometry.lines && samples.upperBound <= geometry.samples
        guard fits else {
            throw .outsideCube(
                request: "the window of lines \(lines) and samples \(samples)",
                geometry: geometry.description)
        }
    }
}
