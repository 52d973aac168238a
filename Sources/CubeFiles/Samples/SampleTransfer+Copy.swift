/// Moving samples between a span of the file and the block.
extension SampleTransfer {
    /// Copies a span's samples into the block.
    func scatter(
        _ bytes: UnsafeRawBufferPointer, outerPosition: Int, span: Range<Int>,
        into block: UnsafeMutableRawBufferPointer
    ) {
        copy(outerPosition: outerPosition, span: span) { spanOffset, blockOffset, byteCount in
            block.baseAddress!.advanced(by: blockOffset).copyMemory(
                from: bytes.baseAddress! + spanOffset, byteCount: byteCount)
        } transposed: { spanOffsets, blockOffsets in
            transpose(bytes, spanOffsets, to: block, blockOffsets)
        }
    }

    /// Copies the block's samples into a span; bytes between them are left as they are.
    func gather(
        _ block: UnsafeRawBufferPointer, outerPosition: Int, span: Range<Int>,
        into bytes: UnsafeMutableRawBufferPointer
    ) {
        copy(outerPosition: outerPosition, span: span) { spanOffset, blockOffset, byteCount in
            bytes.baseAddress!.advanced(by: spanOffset).copyMemory(
                from: block.baseAddress! + blockOffset, byteCount: byteCount)
        } transposed: { spanOffsets, blockOffsets in
            transpose(block, blockOffsets, to: bytes, spanOffsets)
        }
    }

    /// Offsets of the samples of a two-dimensional copy: `middle` are offsets of rows and `inner`
    /// those of a sample within its row, both in bytes.
    private struct Offsets {
        let middle: [Int]
        let inner: [Int]
    }

    private func copy(
        outerPosition: Int, span: Range<Int>,
        rows: (_ spanOffset: Int, _ blockOffset: Int, _ byteCount: Int) -> Void,
        transposed: (_ span: Offsets, _ block: Offsets) -> Void
    ) {
        let firstRow = middle.fileIndices[span.lowerBound]
        let base = outer.blockIndices[outerPosition] * outer.blockStride
        let spanRows = span.map { (middle.fileIndices[$0] - firstRow) * middle.fileStride }
        let blockRows = span.map { base + middle.blockIndices[$0] * middle.blockStride }
        if inner.isConsecutive && inner.blockStride == sampleByteCount {
            for (spanRow, blockRow) in zip(spanRows, blockRows) {
                rows(spanRow, blockRow, inner.count * sampleByteCount)
            }
            return
        }
        let first = inner.fileIndices[0]
        let spanSamples = inner.fileIndices.map { ($0 - first) * inner.fileStride }
        let blockSamples = inner.blockIndices.map { $0 * inner.blockStride }
        transposed(
            Offsets(middle: spanRows, inner: spanSamples),
            Offsets(middle: blockRows, inner: blockSamples))
    }

    private func transpose(
        _ source: UnsafeRawBufferPointer, _ sourceOffsets: Offsets,
        to target: UnsafeMutableRawBufferPointer, _ targetOffsets: Offsets
    ) {
        switch sampleByteCount {
        case 1: transpose(source, sourceOffsets, to: target, targetOffsets, as: UInt8.self)
        case 2: transpose(source, sourceOffsets, to: target, targetOffsets, as: UInt16.self)
        case 4: transpose(source, sourceOffsets, to: target, targetOffsets, as: UInt32.self)
        default: transpose(source, sourceOffsets, to: target, targetOffsets, as: UInt64.self)
        }
    }

    /// Tiles of a few rows keep every cache line in use until all of it has been copied.
    @inline(__always)
    private func transpose<Sample: BitwiseCopyable>(
        _ source: UnsafeRawBufferPointer, _ sourceOffsets: Offsets,
        to target: UnsafeMutableRawBufferPointer, _ targetOffsets: Offsets, as type: Sample.Type
    ) {
        let rowCount = sourceOffsets.middle.count
        for tile in stride(from: 0, to: rowCount, by: 32) {
            let rows = tile..<min(tile + 32, rowCount)
            for (from, to) in zip(sourceOffsets.inner, targetOffsets.inner) {
                for row in rows {
                    let sample = source.loadUnaligned(
                        fromByteOffset: sourceOffsets.middle[row] + from, as: type)
                    target.storeBytes(
                        of: sample, toByteOffset: targetOffsets.middle[row] + to, as: type)
                }
            }
        }
    }
}
