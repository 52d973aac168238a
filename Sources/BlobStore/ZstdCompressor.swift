import CZstd

/// Makes zstd frames, one per chunk, with one reusable context.
///
/// Not thread-safe: one compressor belongs to one writer.
final class ZstdCompressor {
    private let context: OpaquePointer

    /// A compressor of one level, whose frames carry checksums and content sizes.
    init(level: Int32) throws(BlobStoreError) {
        guard let context = ZSTD_createCCtx() else {
            throw .compressionFailed(reason: "out of memory")
        }
        self.context = context
        for (parameter, value) in [
            (ZSTD_c_compressionLevel, level), (ZSTD_c_checksumFlag, 1),
            (ZSTD_c_contentSizeFlag, 1),
        ] {
            let outcome = ZSTD_CCtx_setParameter(context, parameter, value)
            precondition(ZSTD_isError(outcome) == 0, "zstd refused a parameter")
        }
    }

    deinit { ZSTD_freeCCtx(context) }

    /// One chunk as a complete frame.
    ///
    /// - Throws: ``BlobStoreError/compressionFailed(reason:)``.
    func frame(of chunk: [UInt8]) throws(BlobStoreError) -> [UInt8] {
        var outcome = 0
        let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(chunk.count)) {
            buffer, count in
            outcome = chunk.withUnsafeBytes {
                ZSTD_compress2(
                    context, buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
            }
            count = ZSTD_isError(outcome) == 0 ? outcome : 0
        }
        guard ZSTD_isError(outcome) == 0 else {
            throw .compressionFailed(reason: String(cString: ZSTD_getErrorName(outcome)))
        }
        return frame
    }
}
