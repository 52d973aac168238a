import Foundation

/// Everything about a cube except its samples.
///
/// Invariant: `bands` has exactly `geometry.bands` elements.
public struct CubeDescription: Hashable, Sendable, Codable {
    /// Lines x samples x bands.
    public let geometry: CubeGeometry
    /// The type of every sample.
    public let sampleType: SampleType
    /// One description per band, in band order.
    public var bands: [BandDescription]
    /// The value that marks a missing sample; nil where there is none.
    public var nodataValue: Double?
    /// The instrument, such as `AVIRIS`; nil where the source does not say.
    public var sensor: String?
    /// When the scene was acquired (UTC); nil where the source does not say.
    public var acquisitionTime: Date?
    /// The source's free text; searched by `--text`.
    public var text: String?
    /// Where the scene lies; nil where the source does not say.
    public var georeference: Georeference?

    /// Describes a cube; `bands` defaults to as many nameless bands as the geometry has.
    public init(
        geometry: CubeGeometry, sampleType: SampleType, bands: [BandDescription]? = nil,
        nodataValue: Double? = nil, sensor: String? = nil, acquisitionTime: Date? = nil,
        text: String? = nil, georeference: Georeference? = nil
    ) {
        let bands = bands ?? Array(repeating: BandDescription(), count: geometry.bands)
        precondition(bands.count == geometry.bands, "one description per band")
        self.geometry = geometry
        self.sampleType = sampleType
        self.bands = bands
        self.nodataValue = nodataValue
        self.sensor = sensor
        self.acquisitionTime = acquisitionTime
        self.text = text
        self.georeference = georeference
    }

    /// Bytes of all samples, uncompressed.
    public var sampleByteCount: Int { geometry.sampleCount * sampleType.byteCount }

    /// Centre wavelengths in band order; nil unless every band has one.
    public var wavelengthsNanometers: [Double]? {
        let known = bands.compactMap(\.wavelengthNanometers)
        return known.count == bands.count ? known : nil
    }
}
