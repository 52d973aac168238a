import Cube

/// The entropy coder and its statistics (5.4.3.2 and 5.4.3.3). The standard's third choice, the
/// block-adaptive coder of CCSDS 121.0, is left out.
public struct CCSDSEntropyCoder: Hashable, Sendable, Codable {
    /// Which coder, with what only it needs.
    public enum Method: Hashable, Sendable, Codable {
        /// One Golomb-power-of-2 codeword per sample. `accumulatorInitialization` is K or the
        /// k''_z, 0...min(D - 2, 14): the first codeword's parameter.
        case sampleAdaptive(accumulatorInitialization: CCSDSBandValue)
        /// Golomb-power-of-2 codewords, and codes for several samples at once where the entropy is
        /// low. `initialAccumulator` is Sigma_z(0) of every band, 0...2^(D + gamma_0); nil for 4 *
        /// 2^gamma_0. It is the encoder's own affair: a decoded stream does not tell it.
        case hybrid(initialAccumulator: Int?)
    }

    /// Which coder.
    public var method: Method
    /// Unary length limit U_max, 8...32.
    public var unaryLengthLimit: Int
    /// Rescaling counter size gamma*, max(4, gamma_0 + 1)...11.
    public var rescalingCounterSize: Int
    /// Initial count exponent gamma_0, 1...8.
    public var initialCountExponent: Int

    /// States all choices.
    public init(
        method: Method = .hybrid(initialAccumulator: nil), unaryLengthLimit: Int = 18,
        rescalingCounterSize: Int = 6, initialCountExponent: Int = 1
    ) {
        self.method = method
        self.unaryLengthLimit = unaryLengthLimit
        self.rescalingCounterSize = rescalingCounterSize
        self.initialCountExponent = initialCountExponent
    }

    func validate(for image: ImageTraits) throws(CCSDSError) {
        try checkParameter("unary length limit U_max", unaryLengthLimit, 8...32)
        try checkParameter("initial count exponent gamma_0", initialCountExponent, 1...8)
        try checkParameter(
            "rescaling counter size gamma*", rescalingCounterSize,
            max(4, initialCountExponent + 1)...11)
        switch method {
        case .sampleAdaptive(let initialization):
            try initialization.check(
                "accumulator initialization K", in: 0...min(image.bitDepth - 2, 14),
                bands: image.geometry.bands)
        case .hybrid(let initialAccumulator):
            // The standard's range leaves out the upper end, which the reference streams use at D =
            // 2.
            try checkParameter(
                "initial accumulator", initialAccumulator ?? 0,
                0...1 << (image.bitDepth + initialCountExponent))
        }
    }
}
