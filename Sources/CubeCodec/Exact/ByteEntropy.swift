import Glibc

/// How small zstd's quick levels make bytes without repetitions: near their entropy, piecewise.
enum ByteEntropy {
    /// zstd makes new tables every 128 KiB.
    private static let pieceByteCount = 128 << 10

    /// The sum over pieces of their entropies of order 0, in bytes, rounded up.
    static func byteCount(of bytes: [UInt8]) -> Int {
        var bits = 0.0
        bytes.withUnsafeBufferPointer { bytes in
            for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
                let end = min(start + pieceByteCount, bytes.count)
                bits += bitCount(of: UnsafeBufferPointer(rebasing: bytes[start..<end]))
            }
        }
        return Int((bits / 8).rounded(.up))
    }

    private static func bitCount(of piece: UnsafeBufferPointer<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in piece { counts[Int(byte)] += 1 }
        let total = Double(piece.count)
        return counts.filter { $0 > 0 }.reduce(into: 0) { bits, count in
            bits += Double(count) * log2(total / Double(count))
        }
    }
}
