/// The predictor of section 4, line by line: turns samples into mapped quantizer indices, or back.
///
/// A predictor serves one image. Lines must come in order, and within a line bands in order.
protocol LinePredictor: AnyObject {
    /// Processes one line of one band in place: samples become mapped quantizer indices when
    /// encoding, and indices (below 2^D) become decoded samples when decoding.
    ///
    /// - Throws: ``CCSDSError/malformed(reason:)`` for an index that no encoder can have made.
    func process(
        _ row: UnsafeMutableBufferPointer<Int32>, line: Int, band: Int
    ) throws(CCSDSError)

    /// The weights of one band as they are now, [C_z] in the order of eqs. (31) and (32).
    func currentWeights(of band: Int) -> [Int]
}

/// Which way a predictor works.
enum PredictionDirection {
    case encoding, decoding
}

/// The error for an index that no encoder can have made.
let impossibleIndexError = CCSDSError.malformed(reason: "a sample's code is out of its range")
