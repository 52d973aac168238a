import Cube

/// The order of the three axes in a file of raw samples; the last-named axis varies fastest.
enum SampleAxisOrder: Sendable {
    /// ENVI's BSQ.
    case bandLineSample
    /// ENVI's BIL.
    case lineBandSample
    /// ENVI's BIP, and NumPy's C order of an array of lines x samples x bands.
    case lineSampleBand
    /// NumPy's Fortran order of an array of lines x samples x bands.
    case bandSampleLine

    init(_ interleave: Interleave) {
        switch interleave {
        case .bsq: self = .bandLineSample
        case .bil: self = .lineBandSample
        case .bip: self = .lineSampleBand
        }
    }
}
