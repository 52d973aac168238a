import Cube

/// Offsets to the weight update scaling exponent, -6...5: a positive one slows the adaptation of
/// its weight, a negative one hastens it (4.10.3 and 4.10.4).
public struct CCSDSWeightExponentOffsets: Hashable, Sendable, Codable {
    /// Per band, the offset of its three directional weights; empty in reduced mode.
    public var directional: [Int]
    /// Per band, the offsets of its P*_z weights of previous bands, nearest first.
    public var previousBands: [[Int]]

    /// States all offsets.
    public init(directional: [Int], previousBands: [[Int]]) {
        self.directional = directional
        self.previousBands = previousBands
    }

    /// All offsets, [C_z] in the order of eqs. (31) and (32).
    func offsets(of band: Int, prediction: CCSDSPrediction) -> [Int] {
        let own = prediction.isFull ? [Int](repeating: directional[band], count: 3) : []
        return own + previousBands[band]
    }

    func validate(for image: ImageTraits, prediction: CCSDSPrediction) throws(CCSDSError) {
        let bands = image.geometry.bands
        let ownCount = prediction.isFull ? bands : 0
        try checkParameter("directional exponent offsets", directional.count, ownCount...ownCount)
        try checkParameter("bands of exponent offsets", previousBands.count, bands...bands)
        for (band, offsets) in previousBands.enumerated() {
            let count = prediction.previousBandCount(in: band)
            try checkParameter("exponent offsets of a band", offsets.count, count...count)
            for offset in offsets { try checkParameter("exponent offset", offset, -6...5) }
        }
        for offset in directional { try checkParameter("exponent offset", offset, -6...5) }
    }
}
