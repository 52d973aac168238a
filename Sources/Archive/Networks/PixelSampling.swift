import MetaLearning

/// Which pixels of a cube are kept for one way of dividing it into cells.
struct PixelSampling {
    var grid: LatentGrid
    /// Pixels to keep in all; every cell that keeps any may keep at least 64.
    var pixelBudget: Int
    /// Cells that keep any at most, a random choice; nil for all of them.
    var cellLimit: Int?
}
