/// One point of a training's curve.
public struct CurvePoint: Sendable, Codable, Equatable {
    /// Units of the work that were done.
    public var completedCount: Int
    /// PSNR by then.
    public var psnrDecibels: Double
}
