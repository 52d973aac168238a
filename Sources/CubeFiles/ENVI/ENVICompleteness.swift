import Basics

/// Whether an ENVI binary has all the bytes that its header promises.
enum ENVICompleteness {
    /// Requires the binary to be complete. Nothing is kept of a compressed one: where its last four
    /// bytes, gzip's count of inflated bytes, are not the promised count, it is inflated to see.
    ///
    /// - Throws: ``CubeFilesError/binaryTruncated(path:expectedByteCount:foundByteCount:)``,
    ///   ``CubeFilesError/compressedStreamInvalid(path:reason:)``, or ``BasicsError``.
    static func check(binaryPath: String, image: ENVIImage) throws {
        let file = try RandomAccessFile(readingFrom: binaryPath)
        var found = try file.byteCount()
        if try ENVICube.isCompressed(file, image) {
            if try statedByteCount(of: file) == UInt32(truncatingIfNeeded: image.leastByteCount) {
                return
            }
            found = try GzipInflater.inflate(file, limit: Int.max) { _, _ in }
        }
        guard found >= image.leastByteCount else {
            throw CubeFilesError.binaryTruncated(
                path: binaryPath, expectedByteCount: image.leastByteCount, foundByteCount: found)
        }
    }

    /// ISIZE of RFC 1952: the inflated size modulo 2^32; nil for files too short to be gzip.
    private static func statedByteCount(of file: RandomAccessFile) throws -> UInt32? {
        let byteCount = try file.byteCount()
        let leastGzipByteCount = 18
        guard byteCount >= leastGzipByteCount else { return nil }
        let bytes = try file.bytes(at: byteCount - 4, byteCount: 4)
        return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
