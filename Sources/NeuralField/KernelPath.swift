import CNeuralField

/// One compiled form of the float kernels. All give the same bits; they differ in speed.
public enum KernelPath: String, Sendable, CaseIterable {
    /// Plain fused multiply-adds, on any processor.
    case portable
    /// x86-64 with AVX2 and FMA.
    case avx2
    /// x86-64 with AVX-512.
    case avx512

    /// Whether this processor can run it.
    public var isAvailable: Bool { cnf_path_is_available(selector) }

    /// The fastest form that this processor can run.
    public static let best = [KernelPath.avx512, .avx2].first(where: \.isAvailable) ?? .portable

    /// The sine of the kernels, element by element, for |value| <= 8192.
    ///
    /// Its error against the true sine of the same float is below 2 units in the last place
    /// (measured: 1.76; the tests measure it again).
    public func sines(of values: [Float]) -> [Float] {
        let input = AlignedFloats(count: values.count.roundedUp(to: 16))
        let output = AlignedFloats(count: input.count)
        input.copy(from: values, at: 0)
        cnf_run_sine(selector, input.start, output.start, Int64(input.count))
        return Array(UnsafeBufferPointer(start: output.start, count: values.count))
    }

    var selector: cnf_path {
        switch self {
        case .portable: CNF_PORTABLE
        case .avx2: CNF_AVX2
        case .avx512: CNF_AVX512
        }
    }
}

extension Int {
    /// The smallest multiple of `step` that is not less.
    func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}
