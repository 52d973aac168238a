import Cube

/// Everything that an encoder may choose about a CCSDS 123.0-B-2 stream, beside the image itself.
///
/// The defaults are a good lossless setting for imaging spectrometers; ``CCSDSParameterSearch``
/// finds a better one for a given image.
public struct CCSDSParameters: Hashable, Sendable, Codable {
    /// The order in which the entropy coder meets the samples (5.4.2). It has virtually no
    /// influence on the size; band-sequential is the fastest here.
    public var encodingOrder: CCSDSEncodingOrder
    /// Output word size B in bytes, 1...8: the stream's size is a multiple of it.
    public var outputWordByteCount: Int
    /// The predictor (4.2 to 4.7, 4.10).
    public var prediction: CCSDSPrediction
    /// How far decoded samples may be from the original ones (4.8.2).
    public var fidelity: CCSDSFidelity
    /// Sample representatives (4.9).
    public var representatives: CCSDSRepresentatives
    /// The entropy coder (5.4.3).
    public var entropyCoder: CCSDSEntropyCoder

    /// States all choices.
    public init(
        encodingOrder: CCSDSEncodingOrder = .bandSequential, outputWordByteCount: Int = 1,
        prediction: CCSDSPrediction = CCSDSPrediction(),
        fidelity: CCSDSFidelity = .lossless,
        representatives: CCSDSRepresentatives = .samples,
        entropyCoder: CCSDSEntropyCoder = CCSDSEntropyCoder()
    ) {
        self.encodingOrder = encodingOrder
        self.outputWordByteCount = outputWordByteCount
        self.prediction = prediction
        self.fidelity = fidelity
        self.representatives = representatives
        self.entropyCoder = entropyCoder
    }

    /// Throws when a choice is not one that the standard allows for an image of this kind.
    ///
    /// - Throws: ``CCSDSError/invalidParameter(name:value:allowed:)``.
    func validate(for image: ImageTraits) throws(CCSDSError) {
        try checkParameter("lines", image.geometry.lines, 1...65_536)
        try checkParameter("samples", image.geometry.samples, 1...65_536)
        try checkParameter("bands", image.geometry.bands, 1...65_536)
        try checkParameter("bit depth D", image.bitDepth, 2...32)
        try checkParameter("output word size B", outputWordByteCount, 1...8)
        if case .bandInterleaved(let depth) = encodingOrder {
            try checkParameter("interleaving depth M", depth, 1...image.geometry.bands)
        }
        try prediction.validate(for: image)
        try fidelity.validate(for: image, order: encodingOrder)
        try representatives.validate(for: image, isLossless: fidelity.isLossless)
        try entropyCoder.validate(for: image)
    }
}
