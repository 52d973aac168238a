/// The error limits of one band in one line, and the maximum error that follows (4.8.2.1).
struct MaximumError: Equatable, Sendable {
    /// a_z, where absolute limits are used.
    let absolute: Int?
    /// r_z, where relative limits are used.
    let relative: Int?

    /// m_z(t) for a predicted sample (eqs. 42 to 45).
    func value(predicted: Int, bitDepth: Int) -> Int {
        guard let relative else { return absolute ?? 0 }
        return min((relative * abs(predicted)) >> bitDepth, absolute ?? Int.max)
    }
}
