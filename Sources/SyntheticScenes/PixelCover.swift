/// What covers one pixel: a main material, one that shares the ground with it, and in what ratio.
struct PixelCover {
    /// Index of the main material in the layout's list.
    var main: Int
    /// Index of the second material.
    var partner: Int
    /// How much of the partner: its share against the main one's is e^(4 blend), so 0 is half
    /// and half and -1 about 2 %.
    var blend: Float
}
