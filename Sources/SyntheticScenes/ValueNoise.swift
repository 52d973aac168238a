/// Smooth random surfaces: octaves of value noise on hashed lattices, about -1...1 with a
/// deviation near 0.35.
///
/// A row is computed from the hashes of the lattice points above and below it alone, so any window
/// of any line costs only its own pixels.
struct ValueNoise: Sendable {
    /// Identifies the surface.
    let seed: UInt64
    /// Lattice spacing of the coarsest octave, in pixels; each octave halves it.
    let periodPixels: Int
    /// Number of octaves.
    let octaveCount: Int
    /// Amplitude of each octave relative to the one before.
    var persistence: Float = 0.55

    /// Writes the surface along one line: `row[i]` is its value at sample `samples.lowerBound + i`.
    func fill(_ row: UnsafeMutableBufferPointer<Float>, line: Int, samples: Range<Int>) {
        row.update(repeating: 0)
        var amplitude = normalization
        for octave in 0..<octaveCount {
            let period = max(1, periodPixels >> octave)
            addOctave(octave, period: period, amplitude: amplitude, to: row, line, samples)
            amplitude *= persistence
        }
    }

    /// The value at one pixel; the same as `fill` gives.
    func value(line: Int, sample: Int) -> Float {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { row in
            fill(row, line: line, samples: sample..<sample + 1)
            return row[0]
        }
    }

    /// Makes the deviation of the sum that of one octave.
    private var normalization: Float {
        var power: Float = 0
        var amplitude: Float = 1
        for _ in 0..<octaveCount {
            power += amplitude * amplitude
            amplitude *= persistence
        }
        return 1 / power.squareRoot()
    }

    private func addOctave(
        _ octave: Int, period: Int, amplitude: Float, to row: UnsafeMutableBufferPointer<Float>,
        _ line: Int, _ samples: Range<Int>
    ) {
        let octaveSeed = LatticeHash.mix(seed, octave, period)
        let lineCell = line / period
        let down = Self.ease(Float(line % period) / Float(period))
        func edge(_ cell: Int) -> Float {
            let above = LatticeHash.uniform(octaveSeed, lineCell, cell) * 2 - 1
            let below = LatticeHash.uniform(octaveSeed, lineCell + 1, cell) * 2 - 1
            return (above + (below - above) * down) * amplitude
        }
        var sample = samples.lowerBound
        var left = edge(sample / period)
        while sample < samples.upperBound {
            let cell = sample / period
            let right = edge(cell + 1)
            let cellEnd = min((cell + 1) * period, samples.upperBound)
            for place in sample..<cellEnd {
                let across = Self.ease(Float(place - cell * period) / Float(period))
                row[place - samples.lowerBound] += left + (right - left) * across
            }
            left = right
            sample = cellEnd
        }
    }

    /// The cubic that is flat at both lattice points.
    @inline(__always)
    private static func ease(_ fraction: Float) -> Float {
        fraction * fraction * (3 - 2 * fraction)
    }
}
