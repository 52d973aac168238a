import MetaLearning

/// The probabilities of a latent's indices, learnt while they are coded; the same walk serves the
/// encoder and the decoder.
///
/// A residual's size is expected from earlier residuals of the same latent value
/// (``LatentExpectation``) and from the cells to the left and above. It is split at that size,
/// Golomb's way: a quotient in unary, then low bits, then the sign, all adaptive. Integer
/// arithmetic only.
struct LatentModel {
    /// What the residuals are taken from.
    enum Prediction: UInt8, CaseIterable {
        /// Nothing: the indices themselves are coded.
        case none = 0
        /// The cell to the left; the one above in the first column; 0 in the corner.
        case left = 1
        /// The cell above; the one to the left in the first row; 0 in the corner.
        case above = 2
        /// floor((left + above) / 2), or the one that exists; 0 in the corner.
        case mean = 3
    }

    /// Quotients from here on are finished by an Exp-Golomb code.
    private static let unaryLimit = 16
    private static let contextCount = 7
    private static let wideLimit = Int(QuantizedLatent.maximumMagnitude) * 2

    private let columns: Int
    private let latentCount: Int
    private let prediction: Prediction
    private let splitsMiddle: Bool

    private var expectation: LatentExpectation
    /// [rows][columns][latentCount] residuals so far.
    private var residuals: [Int]
    /// [contexts][unaryLimit]
    private var quotientModels: [[AdaptiveBit]]
    /// [contexts] the highest low bit; the others are even.
    private var lowModels: [AdaptiveBit]
    /// [signs of the neighbours' sum]
    private var signModels = [AdaptiveBit](repeating: AdaptiveBit(), count: 3)

    /// A model of a grid that knows nothing but the stream's mean magnitude in sixteenths.
    init(rows: Int, columns: Int, latentCount: Int, prediction: Prediction, mean16: Int) {
        self.columns = columns
        self.latentCount = latentCount
        self.prediction = prediction
        splitsMiddle = false
        expectation = LatentExpectation(mean16: mean16, latentCount: latentCount)
        residuals = [Int](repeating: 0, count: rows * columns * latentCount)
        let unary = [AdaptiveBit](repeating: AdaptiveBit(), count: Self.unaryLimit)
        quotientModels = [[AdaptiveBit]](repeating: unary, count: Self.contextCount)
        lowModels = [AdaptiveBit](repeating: AdaptiveBit(), count: Self.contextCount)
    }

    /// A model of a grid whose values are as a base network expects them.
    init(
        rows: Int, columns: Int, prediction: Prediction, prior: LatentPrior, exponent: Int
    ) {
        self.columns = columns
        latentCount = prior.steps.count
        self.prediction = prediction
        splitsMiddle = true
        expectation = LatentExpectation(prior, exponent: exponent)
        residuals = [Int](repeating: 0, count: rows * columns * latentCount)
        quotientModels = Self.expectedStops.map { first, later in
            [AdaptiveBit(expecting: first)]
                + [AdaptiveBit](
                    repeating: AdaptiveBit(expecting: later), count: Self.unaryLimit - 1)
        }
        lowModels = Self.expectedLows.map { AdaptiveBit(expecting: $0) }
    }

    /// [contexts] probabilities, in units of 1/65536, that a magnitude's quotient ends at 0, and
    /// that it ends where it has got further: half-way between a two-sided geometric and a normal
    /// source of the context's mean magnitude.
    private static let expectedStops: [(first: UInt32, later: UInt32)] = [
        (55705, 57672), (38011, 49152), (26214, 41288), (15729, 30802), (10486, 24248),
        (26214, 32768), (19661, 27525),
    ]
    /// [contexts] probabilities, in units of 1/65536, that the highest low bit is 0.
    private static let expectedLows: [UInt32] = [
        32768, 32768, 32768, 32768, 32768, 36700, 35389,
    ]

    /// Codes all indices in place, [rows][columns][latentCount]; a decoder fills them.
    ///
    /// - Returns: false where a decoded index is out of range.
    mutating func code(_ indices: inout [Int32], using coder: inout some BinaryCoder) -> Bool {
        for position in indices.indices {
            let guess = guess(at: position, indices)
            let residual = codeResidual(Int(indices[position]) - guess, at: position, &coder)
            let index = residual + guess
            guard abs(residual) <= Self.wideLimit,
                abs(index) <= Int(QuantizedLatent.maximumMagnitude)
            else { return false }
            residuals[position] = residual
            indices[position] = Int32(index)
            expectation.learn(abs(residual), ofValue: position % latentCount)
        }
        return true
    }

    /// The mean magnitude, in sixteenths, of the residuals of a prediction.
    static func mean16(
        _ indices: [Int32], columns: Int, latentCount: Int, prediction: Prediction
    ) -> Int {
        let model = LatentModel(
            rows: 0, columns: columns, latentCount: latentCount, prediction: prediction, mean16: 0)
        let total = indices.indices.reduce(0) { sum, position in
            let guess = model.guess(at: position, indices)
            return sum + abs(Int(indices[position]) - guess)
        }
        return (16 * total + indices.count / 2) / max(1, indices.count)
    }

    /// Positions of the same latent value in the cells to the left and above.
    private func neighbours(of position: Int) -> (left: Int?, above: Int?) {
        let column = position / latentCount % columns
        let rowLength = columns * latentCount
        return (
            column > 0 ? position - latentCount : nil,
            position >= rowLength ? position - rowLength : nil
        )
    }

    private func guess(at position: Int, _ indices: [Int32]) -> Int {
        guard prediction != .none else { return 0 }
        let places = neighbours(of: position)
        guard let left = places.left ?? places.above, let above = places.above ?? places.left else {
            return 0
        }
        switch prediction {
        case .none: return 0
        case .left: return Int(indices[left])
        case .above: return Int(indices[above])
        case .mean: return (Int(indices[left]) + Int(indices[above])) >> 1
        }
    }

    /// The expected magnitude in sixteenths, and the sign of the neighbours' sum: 0, 1 (+) or 2
    /// (-).
    private func expected(at position: Int) -> (magnitude16: Int, signContext: Int) {
        let own = expectation.magnitude16(ofValue: position % latentCount)
        let (left, above) = neighbours(of: position)
        let near = [left, above].compactMap { $0.map { residuals[$0] } }
        guard !near.isEmpty else { return (own, 0) }
        let around = near.reduce(0) { $0 + 16 * abs($1) } / near.count
        let sum = near.reduce(0, +)
        return ((3 * own + around) / 4, sum == 0 ? 0 : sum > 0 ? 1 : 2)
    }

    private mutating func codeResidual(
        _ residual: Int, at position: Int, _ coder: inout some BinaryCoder
    ) -> Int {
        let (expected, signContext) = expected(at: position)
        // Golomb's divisor for a two-sided geometric source is near 0.69 of its mean magnitude.
        let divisor16 = expected * 11 / 16
        let lowBits = divisor16 < 32 ? 0 : Int.bitWidth - 5 - divisor16.leadingZeroBitCount
        let context = context(divisor16, lowBits: lowBits)
        let magnitude = abs(residual)
        let quotient = codeQuotient(magnitude >> lowBits, context, &coder)
        var result = quotient
        for bit in (0..<lowBits).reversed() {
            let value = magnitude >> bit & 1 == 1
            let coded =
                bit == lowBits - 1 ? coder.code(value, &lowModels[context]) : coder.code(value)
            result = result << 1 | (coded ? 1 : 0)
        }
        guard result != 0 else { return 0 }
        return coder.code(residual < 0, &signModels[signContext]) ? -result : result
    }

    /// Fine classes for small expectations; above, the two halves of the octave.
    private func context(_ divisor16: Int, lowBits: Int) -> Int {
        if lowBits == 0 { return divisor16 < 16 ? divisor16 / 4 : 3 + divisor16 / 24 }
        return (divisor16 >> lowBits < 24 ? 4 : 5) + (splitsMiddle ? 1 : 0)
    }

    private mutating func codeQuotient(
        _ quotient: Int, _ context: Int, _ coder: inout some BinaryCoder
    ) -> Int {
        var count = 0
        while count < Self.unaryLimit {
            guard coder.code(quotient > count, &quotientModels[context][count]) else {
                return count
            }
            count += 1
        }
        return Self.unaryLimit + codeLarge(quotient - Self.unaryLimit, &coder)
    }

    /// Exp-Golomb of order 0 with even bits; at most 30 of them, so that nothing overflows.
    private func codeLarge(_ value: Int, _ coder: inout some BinaryCoder) -> Int {
        let width = Int.bitWidth - (value + 1).leadingZeroBitCount - 1
        var count = 0
        while count < 30, coder.code(width > count) { count += 1 }
        var result = 1
        for bit in (0..<count).reversed() {
            result = result << 1 | (coder.code((value + 1) >> bit & 1 == 1) ? 1 : 0)
        }
        return result - 1
    }
}
