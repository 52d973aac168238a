import Basics

/// One cube that a candidate was tried on; its keys are part of the JSON interface.
public struct CanaryReport: Sendable, Codable {
    /// The cube's ID.
    public var id: SHA256Digest
    /// The cube's name.
    public var name: String
    /// Its instrument, or its number of bands where that is unknown.
    public var sensor: String
    /// Whether the candidate was not trained on it.
    public var isHeldOut: Bool
    /// PSNR of its present latent; nil where it has none.
    public var oldPSNRDecibels: Double?
    /// PSNR against the candidate; nil where it cannot be encoded.
    public var newPSNRDecibels: Double?
    /// Bits of its present latent per sample; nil where it has none.
    public var oldBitsPerSample: Double?
    /// Bits of the latent against the candidate per sample; nil where it cannot be encoded.
    public var newBitsPerSample: Double?
    /// Wall time of the present latent's encoding.
    public var oldSeconds: Double?
    /// Wall time of the encoding against the candidate.
    public var newSeconds: Double?
    /// What the rule makes of both, positive for the candidate; nil where there is nothing to hold
    /// it against.
    public var gainDecibels: Double?
    /// Why it cannot be encoded.
    public var reason: String?

    /// States what became of a cube.
    public init(
        id: SHA256Digest, name: String, sensor: String, isHeldOut: Bool,
        oldPSNRDecibels: Double? = nil, newPSNRDecibels: Double? = nil,
        oldBitsPerSample: Double? = nil, newBitsPerSample: Double? = nil,
        oldSeconds: Double? = nil, newSeconds: Double? = nil, gainDecibels: Double? = nil,
        reason: String? = nil
    ) {
        self.id = id
        self.name = name
        self.sensor = sensor
        self.isHeldOut = isHeldOut
        self.oldPSNRDecibels = oldPSNRDecibels
        self.newPSNRDecibels = newPSNRDecibels
        self.oldBitsPerSample = oldBitsPerSample
        self.newBitsPerSample = newBitsPerSample
        self.oldSeconds = oldSeconds
        self.newSeconds = newSeconds
        self.gainDecibels = gainDecibels
        self.reason = reason
    }
}
