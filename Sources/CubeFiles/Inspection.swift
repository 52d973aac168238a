import Cube

/// What Cubevault makes of one path, without touching anything. The coding keys are part of the
/// command line's JSON interface.
public struct Inspection: Codable, Hashable, Sendable {
    /// The path that was asked about.
    public var path: String
    /// All files of the cube, as far as they were found.
    public var files: [String] = []
    /// The reader; nil where the format is unknown.
    public var format: CubeFormat?
    /// The cube's extent; nil where it is not known.
    public var geometry: CubeGeometry?
    /// The type of its samples; nil where it is not known.
    public var sampleType: SampleType?
    /// The order of its samples; nil where it is not known or none of the three.
    public var interleave: Interleave?
    /// The smallest known centre wavelength.
    public var shortestWavelengthNanometers: Double?
    /// The largest known centre wavelength.
    public var longestWavelengthNanometers: Double?
    /// Whether the cube would be catalogued as it is.
    public var isCatalogued = false
    /// Why it would not; nil where it would.
    public var reason: String?
    /// What would be left aside or looks odd.
    public var warnings: [String] = []

    /// An inspection that has found nothing yet.
    public init(path: String) { self.path = path }

    /// Takes over what is known of a cube.
    mutating func describe(_ cube: CubeDescription, interleave: Interleave?) {
        geometry = cube.geometry
        sampleType = cube.sampleType
        self.interleave = interleave
        let wavelengths = cube.bands.compactMap(\.wavelengthNanometers)
        shortestWavelengthNanometers = wavelengths.min()
        longestWavelengthNanometers = wavelengths.max()
    }
}
