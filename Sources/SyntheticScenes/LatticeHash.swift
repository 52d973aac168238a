/// Stateless hashing of places to numbers, so that any pixel can be computed without the others.
///
/// The mixers are those of SplitMix64 (Steele, Lea and Flood, 2014) and MurmurHash3 (Appleby).
enum LatticeHash {
    /// A well-mixed 64-bit value of three numbers.
    static func mix(_ seed: UInt64, _ first: Int, _ second: Int) -> UInt64 {
        var value = seed ^ (UInt64(bitPattern: Int64(first)) &* 0x9E37_79B9_7F4A_7C15)
        value = finalize(value) ^ (UInt64(bitPattern: Int64(second)) &* 0xC2B2_AE3D_27D4_EB4F)
        return finalize(value)
    }

    /// A uniform value in [0, 1) of three numbers.
    static func uniform(_ seed: UInt64, _ first: Int, _ second: Int) -> Float {
        Float(mix(seed, first, second) >> 40) * 0x1p-24
    }

    /// A nearly normal value (mean 0, deviation 1, within 3.5) of a key and a column: the sum of
    /// the four bytes of a 32-bit hash.
    @inline(__always)
    static func normal(key: UInt32, column: UInt32) -> Float {
        var hash = key ^ (column &* 0x9E37_79B1)
        hash = (hash ^ (hash &>> 16)) &* 0x85EB_CA6B
        hash = (hash ^ (hash &>> 13)) &* 0xC2B2_AE35
        hash ^= hash &>> 16
        let pairs = (hash & 0x00FF_00FF) &+ ((hash &>> 8) & 0x00FF_00FF)
        let sum = (pairs & 0xFFFF) &+ (pairs &>> 16)
        // The sum's mean is 4 x 127.5 and its variance 4 (256^2 - 1) / 12.
        return (Float(Int32(bitPattern: sum)) - 510) * (1 / 147.8012)
    }

    private static func finalize(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
