import Cube

extension WordLayout {
    /// The layout of a block's samples as words of their own width.
    init(_ block: SampleBlock) {
        self.init(
            bands: block.bandCount, lines: block.window.lines.count,
            samples: block.window.samples.count, wordByteCount: block.sampleType.byteCount)
    }
}
