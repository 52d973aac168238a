import Cube

/// Sample representatives: what later predictions see in place of decoded samples (4.9).
public struct CCSDSRepresentatives: Hashable, Sendable, Codable {
    /// Resolution Theta, 0...4. At 0 representatives are the decoded samples.
    public var resolution: Int
    /// Damping phi_z, 0...2^Theta - 1: how far representatives move towards the prediction.
    public var damping: CCSDSBandValue
    /// Offset psi_z, 0...2^Theta - 1: how far they move within the quantizer's bin; 0 if lossless.
    public var offset: CCSDSBandValue

    /// Representatives are the decoded samples themselves.
    public static let samples = CCSDSRepresentatives(
        resolution: 0, damping: .common(0), offset: .common(0))

    /// States all choices.
    public init(resolution: Int, damping: CCSDSBandValue, offset: CCSDSBandValue) {
        self.resolution = resolution
        self.damping = damping
        self.offset = offset
    }

    func validate(for image: ImageTraits, isLossless: Bool) throws(CCSDSError) {
        try checkParameter("representative resolution Theta", resolution, 0...4)
        let bands = image.geometry.bands
        try damping.check("damping phi", in: 0...(1 << resolution) - 1, bands: bands)
        let largest = isLossless ? 0 : (1 << resolution) - 1
        try offset.check("offset psi", in: 0...largest, bands: bands)
    }
}
