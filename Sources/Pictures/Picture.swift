/// An image in memory.
///
/// Invariant: `bytes` has exactly `width * height * 4` elements.
public struct Picture: Sendable, Equatable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// [rows][columns][red, green, blue, alpha], rows from the top.
    public private(set) var bytes: [UInt8]

    /// A picture of one colour, at least 1 x 1.
    public init(width: Int, height: Int, color: PictureColor) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        self.width = width
        self.height = height
        let pixel = [color.red, color.green, color.blue, color.alpha]
        bytes = Array(repeatElement(pixel, count: width * height).joined())
    }

    /// One pixel; rows count from the top.
    public subscript(column: Int, row: Int) -> PictureColor {
        get {
            let start = (row * width + column) * 4
            return PictureColor(
                red: bytes[start], green: bytes[start + 1], blue: bytes[start + 2],
                alpha: bytes[start + 3])
        }
        set {
            let start = (row * width + column) * 4
            bytes[start] = newValue.red
            bytes[start + 1] = newValue.green
            bytes[start + 2] = newValue.blue
            bytes[start + 3] = newValue.alpha
        }
    }

    /// Copies a whole picture into this one; it must fit.
    public mutating func paste(_ other: Picture, column: Int, row: Int) {
        precondition(
            column >= 0 && row >= 0 && column + other.width <= width
                && row + other.height <= height,
            "a pasted picture lies inside")
        for line in 0..<other.height {
            let from = line * other.width * 4
            let to = ((row + line) * width + column) * 4
            bytes.replaceSubrange(
                to..<to + other.width * 4, with: other.bytes[from..<from + other.width * 4])
        }
    }
}
