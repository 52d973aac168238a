/// What is known about one spectral channel.
public struct BandDescription: Hashable, Sendable, Codable {
    /// Centre wavelength; nil where the source does not say.
    public var wavelengthNanometers: Double?
    /// Full width at half maximum; nil where the source does not say.
    public var fwhmNanometers: Double?
    /// The source's name of the band; nil where it has none.
    public var name: String?
    /// False where the source's bad-band list excludes the band.
    public var isGood: Bool

    /// Describes one band.
    public init(
        wavelengthNanometers: Double? = nil, fwhmNanometers: Double? = nil, name: String? = nil,
        isGood: Bool = true
    ) {
        self.wavelengthNanometers = wavelengthNanometers
        self.fwhmNanometers = fwhmNanometers
        self.name = name
        self.isGood = isGood
    }
}
