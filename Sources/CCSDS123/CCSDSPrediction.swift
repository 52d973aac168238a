import Cube

/// The predictor's parameters (4.2 to 4.7 and 4.10).
public struct CCSDSPrediction: Hashable, Sendable, Codable {
    /// Number of previous bands P used for prediction, 0...15.
    public var bandCount: Int
    /// Full prediction mode: three directional differences within the band are used too. Not
    /// allowed for images one sample wide.
    public var isFull: Bool
    /// The local sum; must be column-oriented for images one sample wide.
    public var localSum: CCSDSLocalSum
    /// Register size R, max(32, D + Omega + 2)...64.
    public var registerBitCount: Int
    /// Weight component resolution Omega, 4...19.
    public var weightResolution: Int
    /// log2 of the weight update scaling exponent change interval t_inc, 4...11.
    public var exponentIntervalLog2: Int
    /// Weight update scaling exponent initial parameter nu_min, -6...9.
    public var firstExponent: Int
    /// Weight update scaling exponent final parameter nu_max, firstExponent...9.
    public var lastExponent: Int
    /// Where the weights begin (4.6.3).
    public var weightInitialization: CCSDSWeightInitialization
    /// Offsets to the scaling exponents of single weights; nil where all are zero (4.10.3).
    public var exponentOffsets: CCSDSWeightExponentOffsets?

    /// States all choices.
    public init(
        bandCount: Int = 8, isFull: Bool = false, localSum: CCSDSLocalSum = .wideNeighbor,
        registerBitCount: Int = 64, weightResolution: Int = 19, exponentIntervalLog2: Int = 8,
        firstExponent: Int = 3, lastExponent: Int = 7,
        weightInitialization: CCSDSWeightInitialization = .standard,
        exponentOffsets: CCSDSWeightExponentOffsets? = nil
    ) {
        self.bandCount = bandCount
        self.isFull = isFull
        self.localSum = localSum
        self.registerBitCount = registerBitCount
        self.weightResolution = weightResolution
        self.exponentIntervalLog2 = exponentIntervalLog2
        self.firstExponent = firstExponent
        self.lastExponent = lastExponent
        self.weightInitialization = weightInitialization
        self.exponentOffsets = exponentOffsets
    }

    /// P*_z: how many previous bands prediction in `band` really uses (eq. 18).
    func previousBandCount(in band: Int) -> Int { min(band, bandCount) }

    /// C_z: components of the weight vector of `band` (eq. 19).
    func weightCount(in band: Int) -> Int { previousBandCount(in: band) + (isFull ? 3 : 0) }

    func validate(for image: ImageTraits) throws(CCSDSError) {
        try checkParameter("prediction bands P", bandCount, 0...15)
        try checkParameter("weight resolution Omega", weightResolution, 4...19)
        try checkParameter(
            "register size R", registerBitCount, max(32, image.bitDepth + weightResolution + 2)...64
        )
        try checkParameter("log2 of t_inc", exponentIntervalLog2, 4...11)
        try checkParameter("nu_min", firstExponent, -6...9)
        try checkParameter("nu_max", lastExponent, firstExponent...9)
        if image.geometry.samples == 1 {
            guard !isFull, !localSum.isNeighborOriented else {
                throw .invalidParameter(
                    name: "prediction mode", value: "full or neighbour-oriented",
                    allowed: "reduced and column-oriented where an image is one sample wide")
            }
        }
        try weightInitialization.validate(for: image, prediction: self)
        try exponentOffsets?.validate(for: image, prediction: self)
    }
}
