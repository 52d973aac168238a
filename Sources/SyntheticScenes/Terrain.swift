import Basics

/// Sunlight on smooth terrain: a factor around 1 for every pixel.
struct Terrain: Sendable {
    private let height: ValueNoise
    private let relief: Float
    /// Direction to the sun, a unit vector (right, down, up).
    private let sun: (right: Float, down: Float, up: Float)

    /// Terrain of the given steepness under a sun 35 to 65 degrees high.
    init(relief: Float, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        height = ValueNoise(seed: generator.next(), periodPixels: 96, octaveCount: 5)
        self.relief = relief * 36
        let right = generator.uniform(in: -0.7, 0.7)
        let up = generator.uniform(in: 0.6, 0.9)
        // The sun stands in the south of a scene whose first line is its northernmost.
        let down = max(0, 1 - right * right).squareRoot() * generator.uniform(in: 0.6, 1)
        let length = (right * right + up * up + down * down).squareRoot()
        sun = (right / length, down / length, up / length)
    }

    /// Height of the sun above the horizon as its sine.
    var sineOfSunElevation: Float { sun.up }

    /// Writes the illumination along one line, 0.15...1.6, [samples].
    func fill(_ row: UnsafeMutableBufferPointer<Float>, line: Int, samples: Range<Int>) {
        let count = samples.count
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * (count + 1)) { heights in
            let here = UnsafeMutableBufferPointer(rebasing: heights[0..<count + 1])
            let below = UnsafeMutableBufferPointer(rebasing: heights[(count + 1)...])
            let widened = samples.lowerBound..<samples.upperBound + 1
            height.fill(here, line: line, samples: widened)
            height.fill(below, line: line + 1, samples: widened)
            for position in 0..<count {
                let slopeRight = relief * (here[position + 1] - here[position])
                let slopeDown = relief * (below[position] - here[position])
                let facing = sun.up - sun.right * slopeRight - sun.down * slopeDown
                let length = (1 + slopeRight * slopeRight + slopeDown * slopeDown).squareRoot()
                // Sky light reaches what the sun does not.
                let cosine = facing / length / sun.up
                row[position] = max(0.15, min(1.6, 0.12 + 0.88 * cosine))
            }
        }
    }
}
