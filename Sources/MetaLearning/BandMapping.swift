import Cube
import NeuralField

/// Which outputs of a base network stand for each band of one cube.
///
/// It follows from the cube's band descriptions and the network's ``BandGrid`` alone, by exact
/// double arithmetic, so it is never stored.
public struct BandMapping: Hashable, Sendable {
    /// Number of outputs of the network.
    public let outputCount: Int
    /// Per band of the cube, its one or two weighted outputs; nil where nothing matches, so that
    /// the band stays out of the loss and is not decoded.
    public let terms: [[OutputMap.Term]?]

    /// Maps a cube's bands: by linear interpolation over the grid's wavelengths, or by their index
    /// where the cube has no wavelengths.
    public init(of description: CubeDescription, onto grid: BandGrid) {
        outputCount = grid.outputCount
        guard let known = description.knownWavelengthsNanometers else {
            terms = (0..<description.geometry.bands).map { band in
                band < grid.outputCount ? [OutputMap.Term(outputIndex: band, weight: 1)] : nil
            }
            return
        }
        let axis = WavelengthAxis(grid)
        terms = known.map { wavelength in wavelength.flatMap { axis.terms(at: $0) } }
    }

    /// Whether any band matches.
    public var matchesAny: Bool { terms.contains { $0 != nil } }

    /// The map that computes some bands, each of which must match.
    public func outputMap(ofBands bandIndices: [Int]) -> OutputMap {
        OutputMap(
            outputCount: outputCount,
            rows: bandIndices.map { band in
                guard let row = terms[band] else {
                    preconditionFailure("band \(band) matches no output")
                }
                return row
            })
    }
}
