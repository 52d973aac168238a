import Cube

/// The order of the entropy coder's input (5.4.2), in runs of consecutive samples of one band.
struct CodingRuns {
    let geometry: CubeGeometry
    let order: CCSDSEncodingOrder

    /// One run: samples `start..<start + count` (indices t) of `band`.
    struct Run {
        let band: Int
        let start: Int
        let count: Int
    }

    /// Calls `frame` before each line's runs, where the order goes line by line, and `run` for each
    /// run.
    @inline(__always)
    func forEach(
        frame: (Int) throws(CCSDSError) -> Void, run: (Run) throws(CCSDSError) -> Void
    ) throws(CCSDSError) {
        let (lines, samples, bands) = (geometry.lines, geometry.samples, geometry.bands)
        switch order {
        case .bandSequential:
            for band in 0..<bands {
                for line in 0..<lines {
                    try run(Run(band: band, start: line * samples, count: samples))
                }
            }
        case .bandInterleaved(let depth):
            for line in 0..<lines {
                try frame(line)
                for group in 0..<(bands + depth - 1) / depth {
                    try forEach(line: line, group: group, depth: depth, run: run)
                }
            }
        }
    }

    /// The same, backwards: each line's `frame` comes after its runs.
    @inline(__always)
    func forEachReversed(
        frame: (Int) throws(CCSDSError) -> Void, run: (Run) throws(CCSDSError) -> Void
    ) throws(CCSDSError) {
        let (lines, samples, bands) = (geometry.lines, geometry.samples, geometry.bands)
        switch order {
        case .bandSequential:
            for band in (0..<bands).reversed() {
                for line in (0..<lines).reversed() {
                    try run(Run(band: band, start: line * samples, count: samples))
                }
            }
        case .bandInterleaved(let depth):
            for line in (0..<lines).reversed() {
                for group in (0..<(bands + depth - 1) / depth).reversed() {
                    try forEachReversed(line: line, group: group, depth: depth, run: run)
                }
                try frame(line)
            }
        }
    }

    @inline(__always)
    private func forEach(
        line: Int, group: Int, depth: Int, run: (Run) throws(CCSDSError) -> Void
    ) throws(CCSDSError) {
        let start = line * geometry.samples
        if depth == 1 {
            try run(Run(band: group, start: start, count: geometry.samples))
            return
        }
        for sample in 0..<geometry.samples {
            for band in group * depth..<min((group + 1) * depth, geometry.bands) {
                try run(Run(band: band, start: start + sample, count: 1))
            }
        }
    }

    @inline(__always)
    private func forEachReversed(
        line: Int, group: Int, depth: Int, run: (Run) throws(CCSDSError) -> Void
    ) throws(CCSDSError) {
        let start = line * geometry.samples
        if depth == 1 {
            try run(Run(band: group, start: start, count: geometry.samples))
            return
        }
        for sample in (0..<geometry.samples).reversed() {
            for band in (group * depth..<min((group + 1) * depth, geometry.bands)).reversed() {
                try run(Run(band: band, start: start + sample, count: 1))
            }
        }
    }
}
