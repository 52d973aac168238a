import Cube

/// How the samples of one block lie in a file: three nested axes, the outermost first.
///
/// A transfer is done in spans: for one index of the outer axis, neighbouring indices of the middle
/// axis whose bytes are read or written with one call. Small gaps are carried along, because a
/// system call costs as much as copying a few thousand bytes.
struct SampleTransfer {
    /// Gaps up to this size are read, or read and written back, rather than stepped over.
    static let largestGapByteCount = 4096
    /// Spans are cut at about this size, so that memory stays bounded.
    static let largestSpanByteCount = 4 << 20

    let outer: AxisSelection
    let middle: AxisSelection
    let inner: AxisSelection
    let sampleByteCount: Int
    /// Ranges of positions in `middle`, one per span.
    let spans: [Range<Int>]

    init(
        _ order: SampleAxisOrder, geometry: CubeGeometry, sampleType: SampleType,
        window: CubeWindow, bandIndices: [Int]
    ) {
        let size = sampleType.byteCount
        let (lines, samples, bands) = (geometry.lines, geometry.samples, geometry.bands)
        let rowBytes = window.samples.count * size
        let planeBytes = window.pixelCount * size
        func line(_ stride: Int) -> AxisSelection {
            AxisSelection(window.lines, fileStride: stride * size, blockStride: rowBytes)
        }
        func sample(_ stride: Int) -> AxisSelection {
            AxisSelection(window.samples, fileStride: stride * size, blockStride: size)
        }
        func band(_ stride: Int) -> AxisSelection {
            AxisSelection(bandIndices, fileStride: stride * size, blockStride: planeBytes)
        }
        (outer, middle, inner) =
            switch order {
            case .bandLineSample: (band(lines * samples), line(samples), sample(1))
            case .lineBandSample: (line(bands * samples), band(samples), sample(1))
            case .lineSampleBand: (line(samples * bands), sample(bands), band(1))
            case .bandSampleLine: (band(samples * lines), sample(lines), line(1))
            }
        sampleByteCount = size
        spans = Self.spans(middle: middle, inner: inner, sampleByteCount: size)
    }

    /// Bytes from the start of the inner axis's first sample to the end of its last.
    var rowByteCount: Int {
        Self.rowByteCount(of: inner, sampleByteCount: sampleByteCount)
    }

    /// Offset in the file's sample area, and length, of one span.
    func place(outerPosition: Int, span: Range<Int>) -> (offset: Int, byteCount: Int) {
        let first = middle.fileIndices[span.lowerBound] * middle.fileStride
        let last = middle.fileIndices[span.upperBound - 1] * middle.fileStride
        let base =
            outer.fileIndices[outerPosition] * outer.fileStride
            + inner.fileIndices[0] * inner.fileStride
        return (base + first, last - first + rowByteCount)
    }

    /// Whether a span's bytes are exactly the block's samples, with nothing between them.
    func isDense(_ span: Range<Int>) -> Bool {
        let first = middle.fileIndices[span.lowerBound]
        let steps = middle.fileIndices[span.upperBound - 1] - first
        return inner.isConsecutive && steps == span.count - 1
            && (span.count == 1 || middle.fileStride == rowByteCount)
    }

    /// Offset in the block of a dense span that has the same bytes there; nil where samples must be
    /// rearranged.
    func directBlockOffset(outerPosition: Int, span: Range<Int>) -> Int? {
        let isSameOrder = inner.blockStride == sampleByteCount && inner.isConsecutive
        let isSameStride =
            span.count == 1 || (middle.isConsecutive && middle.blockStride == rowByteCount)
        guard isDense(span), isSameOrder, isSameStride else { return nil }
        return outer.blockIndices[outerPosition] * outer.blockStride
            + middle.blockIndices[span.lowerBound] * middle.blockStride
            + inner.blockIndices[0] * inner.blockStride
    }

    private static func rowByteCount(of inner: AxisSelection, sampleByteCount: Int) -> Int {
        (inner.fileIndices[inner.count - 1] - inner.fileIndices[0]) * inner.fileStride
            + sampleByteCount
    }

    private static func spans(
        middle: AxisSelection, inner: AxisSelection, sampleByteCount: Int
    ) -> [Range<Int>] {
        let row = rowByteCount(of: inner, sampleByteCount: sampleByteCount)
        var spans: [Range<Int>] = []
        var start = 0
        for position in 1..<max(1, middle.count) {
            let indices = middle.fileIndices
            let gap = (indices[position] - indices[position - 1]) * middle.fileStride - row
            let length = (indices[position] - indices[start]) * middle.fileStride + row
            if gap > largestGapByteCount || length > largestSpanByteCount {
                spans.append(start..<position)
                start = position
            }
        }
        return spans + [start..<middle.count]
    }
}
