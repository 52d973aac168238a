/// Anything that samples can be read from: a file, the exact archive, a latent.
///
/// Implementations are safe to call from several threads at once.
public protocol CubeSource: Sendable {
    /// The cube's geometry and metadata.
    var description: CubeDescription { get }

    /// Reads some pixels of some bands.
    ///
    /// - Parameters:
    ///   - window: pixels to read, inside the cube.
    ///   - bandIndices: bands to read, in the wanted order, each inside the cube.
    /// - Throws: the module's own error where the samples cannot be had.
    func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock
}

extension CubeSource {
    /// Reads full-width lines of all bands.
    public func read(lines: Range<Int>) throws -> SampleBlock {
        try read(
            CubeWindow(lines: lines, of: description.geometry),
            bandIndices: Array(0..<description.geometry.bands))
    }

    /// Consecutive ranges of lines whose samples take at most `byteCount` bytes (at least one line
    /// each), covering the cube.
    public func lineRanges(ofAtMost byteCount: Int) -> [Range<Int>] {
        description.lineRanges(ofAtMost: byteCount)
    }
}

extension CubeDescription {
    /// Consecutive ranges of lines whose samples take at most `byteCount` bytes (at least one line
    /// each), covering the cube.
    public func lineRanges(ofAtMost byteCount: Int) -> [Range<Int>] {
        let lineByteCount = geometry.samples * geometry.bands * sampleType.byteCount
        let step = max(1, byteCount / lineByteCount)
        return stride(from: 0, to: geometry.lines, by: step).map {
            $0..<min($0 + step, geometry.lines)
        }
    }
}
