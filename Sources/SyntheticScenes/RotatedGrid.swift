/// A grid of rectangles turned by an arbitrary angle: parcels, blocks, lots.
struct RotatedGrid: Sendable {
    /// One rectangle and a place within it.
    struct Place {
        /// The rectangle's column and row.
        let column: Int
        let row: Int
        /// Distance from the rectangle's left and upper edge, in pixels.
        let across: Float
        let down: Float
    }

    /// Rectangle size in pixels.
    let width: Float
    let height: Float
    private let cosine: Float
    private let sine: Float

    /// A grid turned by 2 atan(`slope`); the rational form keeps the C library's sine out of it.
    init(width: Float, height: Float, slope: Float) {
        self.width = width
        self.height = height
        cosine = (1 - slope * slope) / (1 + slope * slope)
        sine = 2 * slope / (1 + slope * slope)
    }

    /// The rectangle of a pixel.
    func place(line: Int, sample: Int) -> Place {
        let right = Float(sample) * cosine + Float(line) * sine
        let below = Float(line) * cosine - Float(sample) * sine
        let column = (right / width).rounded(.down)
        let row = (below / height).rounded(.down)
        return Place(
            column: Int(column), row: Int(row), across: right - column * width,
            down: below - row * height)
    }
}
