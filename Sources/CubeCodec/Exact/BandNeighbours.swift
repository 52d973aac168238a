/// A band of a block being coded, with the two bands before it.
///
/// Each pointer is to [lines][samples] words; the previous ones are nil where the block begins.
struct BandNeighbours<Word: CodedWord> {
    let current: UnsafeMutablePointer<Word>
    let previous: UnsafeMutablePointer<Word>?
    let beforePrevious: UnsafeMutablePointer<Word>?

    /// The bands around band `index` of a block of words.
    init(_ words: UnsafeMutablePointer<Word>, band index: Int, pixelCount: Int) {
        current = words + index * pixelCount
        previous = index >= 1 ? current - pixelCount : nil
        beforePrevious = index >= 2 ? current - 2 * pixelCount : nil
    }

    /// Computes the spectral differences of `count` words from `start` into `differences`.
    @inline(__always)
    func subtractSpectral(
        _ prediction: BandPrediction, start: Int, count: Int,
        into differences: UnsafeMutablePointer<Word>
    ) {
        combine(prediction, from: current + start, start: start, count: count, differences, &-)
    }

    /// Undoes ``subtractSpectral(_:start:count:into:)``: `differences` become the band's words.
    @inline(__always)
    func addSpectral(
        _ prediction: BandPrediction, start: Int, count: Int,
        to differences: UnsafeMutablePointer<Word>
    ) {
        combine(prediction, from: differences, start: start, count: count, current + start, &+)
    }

    /// target = source combined with the prediction, word by word; one loop per kind, each without
    /// dependence between words, so that the compiler vectorises it.
    @inline(__always)
    private func combine(
        _ prediction: BandPrediction, from source: UnsafeMutablePointer<Word>, start: Int,
        count: Int, _ target: UnsafeMutablePointer<Word>, _ operation: (Word, Word) -> Word
    ) {
        switch (prediction.spectral, previous, beforePrevious) {
        case (.previous, .some(let previous), _):
            let near = previous + start
            for index in 0..<count { target[index] = operation(source[index], near[index]) }
        case (.linear, .some(let previous), .some(let beforePrevious)):
            let near = previous + start
            let far = beforePrevious + start
            let rule = LinearRule<Word>(prediction)
            for index in 0..<count {
                target[index] = operation(source[index], rule.predict(near[index], far[index]))
            }
        case (.linear, .some(let previous), .none):
            let near = previous + start
            let rule = LinearRule<Word>(prediction)
            for index in 0..<count {
                target[index] = operation(source[index], rule.predict(near[index], 0))
            }
        default:
            for index in 0..<count { target[index] = source[index] }
        }
    }
}
