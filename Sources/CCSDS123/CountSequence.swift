/// The counter of the code selection statistics (eqs. 57, 61, 63 and 65): it grows by one per
/// sample and is halved whenever it would reach 2^gamma*. It depends on the index t alone.
struct CountSequence: Sendable {
    /// 2^gamma_0.
    let first: Int
    /// 2^gamma* - 1, the largest count.
    let largest: Int

    init(_ coder: CCSDSEntropyCoder) {
        first = 1 << coder.initialCountExponent
        largest = (1 << coder.rescalingCounterSize) - 1
    }

    /// The count after so many samples.
    func count(after sampleCount: Int) -> Int {
        let count = first + sampleCount
        guard count > largest else { return count }
        let half = (largest + 1) >> 1
        return half + (count - largest - 1) % half
    }
}
