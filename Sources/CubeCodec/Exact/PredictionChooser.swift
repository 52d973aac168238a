import Glibc

/// Chooses a band's prediction by measuring every candidate on a few short runs of its words.
struct PredictionChooser<Word: CodedWord> {
    /// Runs per band and words per run: 2,048 words decide well and cost little.
    private static var runCount: Int { 8 }
    private static var runLength: Int { 256 }

    /// A short run of one line; never reaches over the line's ends.
    private struct Run {
        let line: Int
        let sample: Int
        let count: Int
    }

    private let layout: WordLayout
    private let runs: [Run]
    private let above: UnsafeMutablePointer<Word>
    private let differences: UnsafeMutablePointer<Word>
    private let folded: UnsafeMutablePointer<Word>

    /// A chooser for blocks of one layout; `scratch` is [3][runLength + 1] words.
    init(_ layout: WordLayout, scratch: UnsafeMutablePointer<Word>) {
        self.layout = layout
        above = scratch
        differences = scratch + Self.runLength + 1
        folded = scratch + 2 * (Self.runLength + 1)
        let lineCount = min(layout.lines, Self.runCount)
        runs = (0..<lineCount).map { index in
            let count = min(layout.samples, Self.runLength)
            let room = layout.samples - count
            return Run(
                line: (2 * index + 1) * layout.lines / (2 * lineCount),
                sample: lineCount > 1 ? room * index / (lineCount - 1) : room / 2, count: count)
        }
    }

    /// Words of scratch memory that a chooser needs.
    static var scratchCount: Int { 3 * (runLength + 1) }

    /// The cheapest prediction of a band.
    func choose(_ band: BandNeighbours<Word>) -> BandPrediction {
        var best = BandPrediction()
        var lowestCost = cost(of: best, band)
        for candidate in candidates(band) {
            let candidateCost = cost(of: candidate, band)
            if candidateCost < lowestCost { (best, lowestCost) = (candidate, candidateCost) }
        }
        return best
    }

    private func candidates(_ band: BandNeighbours<Word>) -> [BandPrediction] {
        var candidates = [BandPrediction(spatial: .left), BandPrediction(spatial: .median)]
        guard band.previous != nil else { return candidates }
        candidates += BandPrediction.Spatial.allCases.map {
            BandPrediction(spectral: .previous, spatial: $0)
        }
        if let linear = linear(band) {
            candidates += BandPrediction.Spatial.allCases.map {
                BandPrediction(
                    spectral: .linear, spatial: $0, first: linear.first, second: linear.second,
                    offset: linear.offset)
            }
        }
        return candidates
    }

    /// Bits that the folded residuals of the runs need, counted by their lengths.
    private func cost(of prediction: BandPrediction, _ band: BandNeighbours<Word>) -> Int {
        var bits = 0
        for run in runs {
            let hasLeft = run.sample > 0
            let margin = hasLeft ? 1 : 0
            let start = run.line * layout.samples + run.sample - margin
            let count = run.count + margin
            band.subtractSpectral(prediction, start: start, count: count, into: differences)
            if run.line > 0 {
                band.subtractSpectral(
                    prediction, start: start - layout.samples, count: count, into: above)
            }
            SpatialPrediction.fold(
                differences + margin, above: run.line > 0 ? above + margin : nil, hasLeft: hasLeft,
                count: run.count, prediction.spatial, into: folded)
            for index in 0..<run.count {
                bits += Word.bitWidth - folded[index].leadingZeroBitCount
            }
        }
        return bits
    }

    /// The least-squares prediction from the two previous bands, over the runs; nil where the
    /// previous band is constant or the weights are out of range.
    private func linear(_ band: BandNeighbours<Word>) -> BandPrediction? {
        guard let sums = moments(band), let weights = sums.weights else { return nil }
        let scale = Double(1 << BandPrediction.fractionBits)
        let first = (weights.first * scale).rounded()
        let second = (weights.second * scale).rounded()
        // The sum of magnitudes below 8 keeps the weighted sum of 16-bit words in 32 bits.
        guard abs(first) + abs(second) < 8 * scale else { return nil }
        let offset = sums.offset(first: first / scale, second: second / scale).rounded()
        guard let offset = Word(exactly: offset) else { return nil }
        return BandPrediction(
            spectral: .linear, first: Int16(first), second: Int16(second), offset: Int64(offset))
    }

    private func moments(_ band: BandNeighbours<Word>) -> LinearMoments? {
        guard let previous = band.previous else { return nil }
        var moments = LinearMoments()
        for run in runs {
            let start = run.line * layout.samples + run.sample
            for index in start..<start + run.count {
                moments.add(
                    Double(band.current[index]), near: Double(previous[index]),
                    far: band.beforePrevious.map { Double($0[index]) } ?? 0)
            }
        }
        return moments
    }
}
