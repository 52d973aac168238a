/// What has entered the archive since some moment.
public struct CubeIntakeTotals: Sendable, Hashable {
    /// Cubes.
    public let cubeCount: Int
    /// Bytes of their source files.
    public let sourceByteCount: Int
    /// Of those cubes, the ones whose current latent the base network in question made, and that
    /// have a PSNR.
    public let encodedCubeCount: Int
    /// Mean PSNR of those; nil where there are none.
    public let meanPSNRDecibels: Double?
}
