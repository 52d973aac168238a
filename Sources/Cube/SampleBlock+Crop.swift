/// Cutting pieces out of a block.
extension SampleBlock {
    /// The part of the block inside `target`, with only the named bands, in their given order.
    ///
    /// `target` must lie inside the block's window and every band index must be in the block.
    public func cropped(to target: CubeWindow, bandIndices wanted: [Int]) -> SampleBlock {
        precondition(
            target.lines.clamped(to: window.lines) == target.lines
                && target.samples.clamped(to: window.samples) == target.samples,
            "a crop lies inside its block")
        if target == window && wanted == bandIndices { return self }
        let positions = Dictionary(
            zip(bandIndices, bandIndices.indices), uniquingKeysWith: { first, _ in first })
        var crop = SampleBlock(zeroed: target, bandIndices: wanted, sampleType: sampleType)
        let size = sampleType.byteCount
        let rowByteCount = target.samples.count * size
        let firstSample = target.samples.lowerBound - window.samples.lowerBound
        var to = 0
        for band in wanted {
            guard let position = positions[band] else {
                preconditionFailure("band \(band) is not in the block")
            }
            for line in target.lines {
                let row = position * window.lines.count + line - window.lines.lowerBound
                let from = (row * window.samples.count + firstSample) * size
                crop.bytes.replaceSubrange(
                    to..<to + rowByteCount, with: bytes[from..<from + rowByteCount])
                to += rowByteCount
            }
        }
        return crop
    }
}
