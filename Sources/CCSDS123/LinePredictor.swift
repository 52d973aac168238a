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

    /// Processes the same line of two bands, `band` and the next one.
    ///
    /// - Throws: as for one band.
    func process(
        _ first: UnsafeMutableBufferPointer<Int32>, _ second: UnsafeMutableBufferPointer<Int32>,
        line: Int, band: Int
    ) throws(CCSDSError)

    /// The weights of one band as they are now, [C_z] in the order of eqs. (31) and (32).
    func currentWeights(of band: Int) -> [Int]
}

extension LinePredictor {
    func process(
        _ first: UnsafeMutableBufferPointer<Int32>, _ second: UnsafeMutableBufferPointer<Int32>,
        line: Int, band: Int
    ) throws(CCSDSError) {
        try process(first, line: line, band: band)
        try process(second, line: line, band: band + 1)
    }
}

/// Which way a predictor works.
enum PredictionDirection {
    case encoding, decoding
}

/// The error for an index that no encoder can have made.
let impossibleIndexError = CCSDSError.malformed(reason: "a sample's code is out of its range")
