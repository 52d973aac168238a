import Basics

/// All digests whose hexadecimal text begins with a prefix: an interval, since digests are ordered
/// as their texts are.
struct DigestRange {
    /// The smallest, 32 bytes.
    let lowest: [UInt8]
    /// The largest, 32 bytes.
    let highest: [UInt8]

    /// The digests of a prefix; nil where the text is not 0 to 64 hexadecimal digits.
    init?(hexadecimalPrefix prefix: String) {
        let fullLength = 2 * SHA256Digest.byteCount
        let missing = fullLength - prefix.utf8.count
        guard missing >= 0 else { return nil }
        let low = SHA256Digest(hexadecimal: prefix + String(repeating: "0", count: missing))
        let high = SHA256Digest(hexadecimal: prefix + String(repeating: "f", count: missing))
        guard let low, let high else { return nil }
        lowest = low.bytes
        highest = high.bytes
    }
}
