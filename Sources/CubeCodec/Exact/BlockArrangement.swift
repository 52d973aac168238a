/// How a block's words lie where pixels are exceptions in every band: the version of its header.
enum BlockArrangement: UInt8 {
    /// All words, in their places.
    case whole = 1
    /// Without those pixels, the others moved together: ``PackedPixels``.
    case packed = 2
    /// In their places, with nothing coded for those pixels. Only ``CCSDSCoder`` can do so.
    case masked = 3
}
