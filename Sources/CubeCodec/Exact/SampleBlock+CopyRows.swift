import Cube

extension SampleBlock {
    /// Copies the rows that this full-width block and a window share into the window's samples,
    /// `target`: [bands][lines][samples] for `bandIndices`. The block has all bands of its cube.
    func copyRows(
        of target: CubeWindow, bandIndices wanted: [Int], into bytes: UnsafeMutableRawBufferPointer
    ) {
        let size = sampleType.byteCount
        let rowByteCount = target.samples.count * size
        let shared = target.lines.clamped(to: window.lines)
        self.bytes.withUnsafeBytes { source in
            for (position, band) in wanted.enumerated() {
                for line in shared {
                    let fromRow = band * window.lines.count + line - window.lines.lowerBound
                    let toRow = position * target.lines.count + line - target.lines.lowerBound
                    let from = (fromRow * window.samples.count + target.samples.lowerBound) * size
                    let row = UnsafeRawBufferPointer(rebasing: source[from..<from + rowByteCount])
                    let to = toRow * rowByteCount
                    UnsafeMutableRawBufferPointer(rebasing: bytes[to..<to + rowByteCount])
                        .copyMemory(from: row)
                }
            }
        }
    }
}
