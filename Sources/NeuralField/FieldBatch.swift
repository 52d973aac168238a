import CNeuralField

/// Some pixels of one image with their wanted bands, laid out for the kernels and used again and
/// again. One thread at a time.
///
/// Invariant: pixels beyond ``pixelCount``, up to a whole tile, have NaN targets and so no part in
/// the loss.
public final class FieldBatch {
    /// Number of bands of each pixel.
    public let bandCount: Int
    /// Most pixels that fit.
    public let pixelCapacity: Int
    /// Pixels gathered.
    public private(set) var pixelCount = 0
    /// Targets that are not NaN.
    public private(set) var validSampleCount = 0
    static let coordinateStride = FieldShape.panelWidth
    let targetStride: Int
    /// [pixels][16]: x, y and zeros, a panel of its own so that it can stand in a weight gradient.
    let coordinates: AlignedFloats
    /// [pixels][target stride]; NaN where a sample is missing.
    let targets: AlignedFloats

    /// Room for some pixels.
    public init(pixelCapacity: Int, bandCount: Int) {
        precondition(pixelCapacity > 0 && bandCount > 0, "a batch has room for a sample")
        let paddedCapacity = pixelCapacity.roundedUp(to: FieldShape.pixelMultiple)
        self.pixelCapacity = pixelCapacity
        self.bandCount = bandCount
        targetStride = bandCount.roundedUp(to: FieldShape.panelWidth)
        coordinates = AlignedFloats(count: paddedCapacity * Self.coordinateStride)
        targets = AlignedFloats(count: paddedCapacity * targetStride)
    }

    /// Fills the batch with chosen pixels of a larger set.
    ///
    /// - Parameters:
    ///   - pixels: indices of pixels, at most ``pixelCapacity``.
    ///   - coordinates: [pixels][x, y] of the larger set.
    ///   - values: [pixels][value bands] of the larger set; NaN where a sample is missing.
    ///   - columns: which of the value bands are wanted, ``bandCount`` of them.
    ///   - valueBandCount: bands per pixel in `values`.
    public func gather(
        _ pixels: some Collection<Int>, coordinates source: [Float], values: [Float],
        columns: [Int], valueBandCount: Int
    ) {
        precondition(pixels.count <= pixelCapacity, "the pixels fit the batch")
        precondition(
            columns.count == bandCount
                && columns.allSatisfy { (0..<valueBandCount).contains($0) },
            "one column per band")
        pixelCount = pixels.count
        validSampleCount = 0
        for (slot, pixel) in pixels.enumerated() {
            coordinates.start[slot * Self.coordinateStride] = source[pixel * 2]
            coordinates.start[slot * Self.coordinateStride + 1] = source[pixel * 2 + 1]
            let row = pixel * valueBandCount..<(pixel + 1) * valueBandCount
            values[row].withUnsafeBufferPointer { gather($0, columns: columns, into: slot) }
        }
        for slot in pixelCount..<pixelCount.roundedUp(to: FieldShape.pixelMultiple) {
            let target = targets.start + slot * targetStride
            target.update(repeating: .nan, count: targetStride)
        }
    }

    /// Mirrors and turns the gathered pixels about the cell's middle: one of the eight symmetries
    /// of a square, 0 leaves them as they are.
    public func apply(symmetry: Int) {
        precondition((0..<8).contains(symmetry), "a square has eight symmetries")
        for slot in 0..<pixelCount {
            let place = coordinates.start + slot * Self.coordinateStride
            let (x, y) = symmetry & 4 == 0 ? (place[0], place[1]) : (place[1], place[0])
            place[0] = symmetry & 1 == 0 ? x : -x
            place[1] = symmetry & 2 == 0 ? y : -y
        }
    }

    private func gather(
        _ values: UnsafeBufferPointer<Float>, columns: [Int], into slot: Int
    ) {
        let target = targets.start + slot * targetStride
        var validCount = 0
        for band in 0..<bandCount {
            let value = values[columns[band]]
            target[band] = value
            validCount += value.isNaN ? 0 : 1
        }
        validSampleCount += validCount
    }
}
