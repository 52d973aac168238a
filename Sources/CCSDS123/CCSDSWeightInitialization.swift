import Cube

/// Where the weights begin (4.6.3).
public enum CCSDSWeightInitialization: Hashable, Sendable, Codable {
    /// Default initialisation: 7/8 for the previous band, falling by 1/8 from band to band.
    case standard
    /// Custom initialisation: `resolution` is Q in bits, 3...Omega + 3; `vectors[band]` holds C_z
    /// signed Q-bit integers: N, W, NW in full mode, then the previous bands from the nearest.
    case custom(resolution: Int, vectors: [[Int]])

    func validate(for image: ImageTraits, prediction: CCSDSPrediction) throws(CCSDSError) {
        guard case .custom(let resolution, let vectors) = self else { return }
        try checkParameter(
            "weight initialization resolution Q", resolution, 3...prediction.weightResolution + 3)
        try checkParameter(
            "number of weight vectors", vectors.count,
            image.geometry.bands...image.geometry.bands)
        let bound = 1 << (resolution - 1)
        for (band, vector) in vectors.enumerated() {
            let count = prediction.weightCount(in: band)
            try checkParameter("number of initial weights", vector.count, count...count)
            for weight in vector {
                try checkParameter("initial weight", weight, -bound...bound - 1)
            }
        }
    }

    /// W_z(1) (eqs. 33 to 35), [C_z] in the order of eqs. (31) and (32).
    func weights(of band: Int, prediction: CCSDSPrediction) -> [Int] {
        let omega = prediction.weightResolution
        switch self {
        case .standard:
            var weights = [Int](repeating: 0, count: prediction.isFull ? 3 : 0)
            var weight = 7 << omega
            for _ in 0..<prediction.previousBandCount(in: band) {
                weight >>= 3
                weights.append(weight)
            }
            return weights
        case .custom(let resolution, let vectors):
            // The ceiling of 2^(Omega+2-Q) - 1: zero when the exponent is -1.
            let fill = omega + 2 - resolution > 0 ? (1 << (omega + 2 - resolution)) - 1 : 0
            return vectors[band].map { ($0 << (omega + 3 - resolution)) + fill }
        }
    }
}
