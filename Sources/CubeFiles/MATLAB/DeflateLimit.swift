/// How much data a file of a given length can hold at all.
///
/// Deflate, the only compression in .mat files, turns at best 1032 bytes into one (zlib's technical
/// notes), so a header that promises more is lying and gets no memory.
enum DeflateLimit {
    /// Values of `valueByteCount` bytes in an array of these dimensions; nil where a dimension is
    /// negative, the product overflows or the file cannot hold them.
    static func valueCount(
        dimensions: [Int], valueByteCount: Int, fileByteCount: Int
    ) -> Int? {
        var count = 1
        for dimension in dimensions {
            let product = count.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !product.overflow else { return nil }
            count = product.partialValue
        }
        let most = fileByteCount.multipliedReportingOverflow(by: 1_032)
        guard !most.overflow else { return count }
        return count <= most.partialValue / valueByteCount ? count : nil
    }
}
