/// The linear prediction of one word, as ``BandPrediction/Spectral/linear`` defines it.
struct LinearRule<Word: CodedWord> {
    private let first: Word.Wide
    private let second: Word.Wide
    private let offset: Word.Wide
    private let half: Word.Wide

    @inline(__always)
    init(_ prediction: BandPrediction) {
        first = Word.Wide(prediction.first)
        second = Word.Wide(prediction.second)
        offset = Word.Wide(truncatingIfNeeded: prediction.offset)
        half = Word.Wide(1) << Word.Wide(BandPrediction.fractionBits - 1)
    }

    @inline(__always)
    func predict(_ near: Word, _ far: Word) -> Word {
        let weighted = first &* Word.Wide(near) &+ second &* Word.Wide(far) &+ half
        let shifted = weighted &>> Word.Wide(BandPrediction.fractionBits)
        return Word(truncatingIfNeeded: shifted &+ offset)
    }
}
