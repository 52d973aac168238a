/// Moving a block to the origin of a cropped cube.
extension SampleBlock {
    /// The same samples as part of the cube that was cropped at `origin` to this block's bands:
    /// lines and samples count from the crop's corner, bands from 0.
    public func rebased(to origin: CubeWindow) -> SampleBlock {
        let lines = window.lines.lowerBound - origin.lines.lowerBound
        let samples = window.samples.lowerBound - origin.samples.lowerBound
        return SampleBlock(
            window: CubeWindow(
                lines: lines..<lines + window.lines.count,
                samples: samples..<samples + window.samples.count),
            bandIndices: Array(bandIndices.indices), sampleType: sampleType, bytes: bytes)
    }
}
