/// The steps of the search, the most influential parameters first.
extension CCSDSParameterSearch {
    /// The prediction mode and the local sum. Column-oriented sums win on raw detector counts with
    /// stripes, where they are a third shorter.
    func chooseNeighborhood(_ trials: inout ParameterTrials) throws {
        let choices: [(isFull: Bool, sum: CCSDSLocalSum)] =
            trials.isOneSampleWide
            ? [(false, .wideColumn), (false, .narrowColumn)]
            : [
                (false, .wideNeighbor), (true, .wideNeighbor), (false, .wideColumn),
                (false, .narrowColumn),
            ]
        for choice in choices {
            try trials.attempt { parameters in
                parameters.prediction.isFull = choice.isFull
                parameters.prediction.localSum = choice.sum
            }
        }
    }

    /// How fast the coder and the weights adapt.
    func chooseRates(_ trials: inout ParameterTrials) throws {
        let lowest = max(4, trials.best.entropyCoder.initialCountExponent + 1)
        try trials.climb(\.entropyCoder.rescalingCounterSize, over: Array(lowest...9))
        // Both exponents together, by twos; then the last one alone.
        var isClimbing = true
        for direction in [-2, 2] {
            isClimbing = true
            var steps = 0
            while isClimbing {
                isClimbing = try trials.attempt { shiftExponents(&$0, by: direction) }
                if isClimbing { steps += 1 }
            }
            if steps > 0 { break }
        }
        try trials.climb(\.prediction.lastExponent, over: Array(-6...9))
        try trials.climb(\.prediction.exponentIntervalLog2, over: [4, 6, 8, 10, 11])
    }

    private func shiftExponents(_ parameters: inout CCSDSParameters, by step: Int) {
        parameters.prediction.firstExponent += step
        parameters.prediction.lastExponent += step
    }

    /// The number of previous bands.
    func chooseBandCount(_ trials: inout ParameterTrials) throws {
        try trials.climb(\.prediction.bandCount, over: [0, 1, 2, 3, 5, 8, 12, 15])
    }

    /// Damping in eighths, and with error limits the offset.
    func chooseRepresentatives(_ trials: inout ParameterTrials) throws {
        let start = trials.best.representatives
        guard start.resolution == 0 || start.resolution == 3, !start.damping.isPerBand,
            !start.offset.isPerBand
        else { return }
        try trials.climb(\.commonDamping, over: Array(0...7))
        if !trials.best.fidelity.isLossless {
            try trials.climb(\.commonOffset, over: Array(0...7))
        }
    }

    /// The exponents once more, one by one.
    func refineExponents(_ trials: inout ParameterTrials) throws {
        try trials.climb(\.prediction.firstExponent, over: Array(-6...9))
        try trials.climb(\.prediction.lastExponent, over: Array(-6...9))
    }

    /// Initial weights from the end of the best trial. Good weights need less haste at the
    /// beginning.
    func learnWeights(_ trials: inout ParameterTrials) throws {
        let omega = trials.best.prediction.weightResolution
        let weights = try trials.finalWeights()
        let first = trials.best.prediction.firstExponent
        for (resolution, step) in [(8, 2), (6, 2), (6, 0)] where resolution <= omega + 3 {
            let vectors = weights.map { $0.map { $0 >> (omega + 3 - resolution) } }
            try trials.attempt { parameters in
                parameters.prediction.weightInitialization = .custom(
                    resolution: resolution, vectors: vectors)
                parameters.prediction.firstExponent = min(
                    first + step, parameters.prediction.lastExponent)
            }
        }
    }
}
