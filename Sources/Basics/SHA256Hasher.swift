import CCrypto

/// Incremental SHA-256 through libcrypto, which uses the processor's SHA instructions.
///
/// Not thread-safe: one hasher belongs to one stream of bytes.
public final class SHA256Hasher {
    private let context: OpaquePointer

    /// Starts an empty hash.
    public init() {
        guard let context = EVP_MD_CTX_new() else { fatalError("out of memory for a hash") }
        self.context = context
        let started = EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(started == 1, "libcrypto has no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Appends bytes to the message.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        let updated = EVP_DigestUpdate(context, base, bytes.count)
        precondition(updated == 1, "libcrypto refused an update")
    }

    /// Appends bytes to the message.
    public func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The digest of everything appended. The hasher must not be used afterwards.
    public func finalize() -> SHA256Digest {
        var digest = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        let finished = EVP_DigestFinal_ex(context, &digest, nil)
        precondition(finished == 1, "libcrypto refused to finish a digest")
        return SHA256Digest(bytes: digest)
    }

    /// The digest of one array of bytes.
    public static func digest(of bytes: [UInt8]) -> SHA256Digest {
        let hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of a whole file, read in pieces of 1 MiB.
    ///
    /// - Throws: ``BasicsError`` where the file cannot be read or a stop was requested.
    public static func digest(ofFile path: String, stop: StopToken? = nil) throws -> SHA256Digest {
        let file = try RandomAccessFile(readingFrom: path)
        let hasher = SHA256Hasher()
        let pieceByteCount = 1 << 20
        var piece = [UInt8](repeating: 0, count: pieceByteCount)
        var offset = 0
        while true {
            try stop?.check()
            let count = try piece.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
            if count == 0 { return hasher.finalize() }
            piece.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += count
        }
    }
}
