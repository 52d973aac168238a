import Basics
import Cube

/// Chooses the standard's free parameters for one image, by trial encodings of some of its lines.
///
/// One pass of coordinate descent: each parameter climbs from its start while streams get shorter.
/// What it does not touch stays as it starts: fidelity, encoding order, word size, coder.
/// About 35 encodings; deterministic.
public struct CCSDSParameterSearch: Sendable {
    /// How many samples a trial may encode; larger images are tried on so many lines around the
    /// middle.
    public var trialSampleCount: Int
    /// Whether the weights that the best trial ended with may become the initial weights. They
    /// travel in the header, C_z x 6...8 bits per band, and spare the predictor its first lines.
    public var learnsInitialWeights: Bool

    /// What a search found.
    public struct Outcome: Sendable {
        /// The best parameters.
        public let parameters: CCSDSParameters
        /// Trial encodings made.
        public let trialCount: Int
        /// Bytes of the tried lines with the start's and with the best parameters.
        public let startByteCount: Int, bestByteCount: Int
        /// How many lines were tried.
        public let lineCount: Int
    }

    /// Plans a search.
    public init(trialSampleCount: Int = 4_000_000, learnsInitialWeights: Bool = true) {
        self.trialSampleCount = trialSampleCount
        self.learnsInitialWeights = learnsInitialWeights
    }

    /// Searches, beginning at `start`.
    ///
    /// - Parameter mask: pixels of the image that streams will leave out.
    /// - Throws: as ``CCSDSEncoder`` does for `start`; ``BasicsError/stopped``.
    public func run(
        _ image: CCSDSImage, mask: CCSDSPixelMask? = nil,
        from start: CCSDSParameters = CCSDSParameters(), stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> Outcome {
        let (excerpt, mask) = try excerpt(of: image, mask)
        let lines = excerpt.geometry.lines
        var trials = try ParameterTrials(
            excerpt, mask: mask, start: adapted(start, lines: lines), stop: stop, progress: progress
        )
        let startByteCount = trials.bestByteCount
        try chooseNeighborhood(&trials)
        try chooseRates(&trials)
        try chooseBandCount(&trials)
        try chooseRepresentatives(&trials)
        try refineExponents(&trials)
        if learnsInitialWeights { try learnWeights(&trials) }
        var best = trials.best
        best.fidelity = start.fidelity
        return Outcome(
            parameters: best, trialCount: trials.count, startByteCount: startByteCount,
            bestByteCount: trials.bestByteCount, lineCount: lines)
    }

    /// Lines around the middle, as many as the trials may have.
    private func excerpt(
        of image: CCSDSImage, _ mask: CCSDSPixelMask?
    ) throws -> (CCSDSImage, CCSDSPixelMask?) {
        let geometry = image.geometry
        let lineSampleCount = geometry.samples * geometry.bands
        let count = max(1, min(geometry.lines, trialSampleCount / lineSampleCount))
        guard count < geometry.lines else { return (image, mask) }
        let first = (geometry.lines - count) / 2
        var values: [Int32] = []
        values.reserveCapacity(count * lineSampleCount)
        for band in 0..<geometry.bands {
            let start = (band * geometry.lines + first) * geometry.samples
            values += image.values[start..<start + count * geometry.samples]
        }
        let excerpt = CCSDSImage(
            geometry: try CubeGeometry(
                lines: count, samples: geometry.samples, bands: geometry.bands),
            bitDepth: image.bitDepth, isSigned: image.isSigned, values: values)
        return (excerpt, mask?.excerpt(lines: first..<first + count))
    }

    /// The start's parameters for fewer lines: only the first periods of error limits.
    private func adapted(_ start: CCSDSParameters, lines: Int) -> CCSDSParameters {
        var parameters = start
        let count = start.fidelity.periodCount(lines: lines)
        for path in [\CCSDSFidelity.absolute, \.relative] {
            if let periods = start.fidelity[keyPath: path]?.periods {
                parameters.fidelity[keyPath: path]?.periods = Array(periods.prefix(count))
            }
        }
        return parameters
    }
}
