/// One pixel: red, green, blue and opacity, 0...255 each, not premultiplied.
public struct PictureColor: Hashable, Sendable {
    /// Red.
    public var red: UInt8
    /// Green.
    public var green: UInt8
    /// Blue.
    public var blue: UInt8
    /// 255 is opaque.
    public var alpha: UInt8

    /// A colour; opaque unless said otherwise.
    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// An opaque grey.
    public init(gray: UInt8) { self.init(red: gray, green: gray, blue: gray) }

    /// Opaque white.
    public static let white = PictureColor(gray: 255)
    /// Nothing at all, dark where a viewer ignores opacity.
    public static let missing = PictureColor(red: 24, green: 24, blue: 28, alpha: 0)

    /// This colour with `other` laid over it, `coverage` (0...1) of the way.
    func covered(by other: PictureColor, _ coverage: Float) -> PictureColor {
        func mix(_ under: UInt8, _ over: UInt8) -> UInt8 {
            UInt8(
                max(0, min(255, (Float(under) * (1 - coverage) + Float(over) * coverage).rounded()))
            )
        }
        return PictureColor(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
            alpha: mix(alpha, other.alpha))
    }
}
