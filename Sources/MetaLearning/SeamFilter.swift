import Cube
import NeuralField

/// Applies a ``Deblocking`` to one window of a reconstruction.
///
/// A pixel depends on its own decoded samples and on those on both sides of the seams within reach,
/// never on what else is in the window, and each sum has one order; so any window has the samples
/// of the whole. Products and sums are rounded one by one, on every machine.
struct SeamFilter {
    /// What has to be decoded: the window's lines and those at seams near it, in ascending pieces
    /// that do not touch, each with the samples that the window and the seams near it need.
    let pieces: [CubeWindow]
    private let window: CubeWindow
    /// The window's samples that move, from its first, and how, by samples of the pieces.
    private let sampleSteps: [(sample: Int, step: Step)]
    /// For each of the window's lines its row and how it moves, by rows of all pieces one below the
    /// other.
    private let lineSteps: [(row: Int, steps: [Step])]

    /// A value takes weight x (value at `beyond` - the value before that).
    private struct Step {
        let beyond: Int
        let weight: Float
    }

    init(
        _ deblocking: Deblocking, _ cells: LatentCells, geometry: CubeGeometry,
        _ window: CubeWindow
    ) {
        let alongSamples = SeamAxis(
            window.samples, extent: geometry.samples, deblocking: deblocking
        ) { cells.samples(ofColumn: cells.column(ofSample: $0)) }
        let alongLines = SeamAxis(
            window.lines, extent: geometry.lines, deblocking: deblocking
        ) { cells.lines(ofRow: cells.row(ofLine: $0)) }
        let samples = alongSamples.seamPairs.reduce(window.samples) {
            min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
        }
        let lines = Self.merged([window.lines] + alongLines.seamPairs)
        self.window = window
        pieces = lines.map { CubeWindow(lines: $0, samples: samples) }
        sampleSteps = alongSamples.terms.enumerated().flatMap { sample, terms in
            terms.map {
                (sample, Step(beyond: $0.seam - samples.lowerBound, weight: $0.weight))
            }
        }
        lineSteps = zip(window.lines, alongLines.terms).map { line, terms in
            let steps = terms.map {
                Step(beyond: Self.row(of: $0.seam, in: lines), weight: $0.weight)
            }
            return (Self.row(of: line, in: lines), steps)
        }
    }

    /// Where a line of some piece lies, in rows of all pieces one below the other.
    private static func row(of line: Int, in pieces: [Range<Int>]) -> Int {
        var first = 0
        for lines in pieces {
            if lines.contains(line) { return first + line - lines.lowerBound }
            first += lines.count
        }
        preconditionFailure("lines at seams are decoded with those of the window")
    }

    /// Ranges as few that hold the same positions, ascending.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// The window's samples, [planes][lines][samples], from those of every piece in the same form.
    func apply(to decoded: [[Float]], planeCount: Int, threadCount: Int) -> [Float] {
        let planes = ParallelResults<[Float]>(count: planeCount)
        Workers.run(planeCount, threadCount: threadCount) { plane, _ in
            planes.values[plane] = acrossLines(alongSamples(plane, of: decoded))
        }
        return planes.values.flatMap { $0 ?? [] }
    }

    /// One plane smoothed along samples: [all pieces' lines][the window's samples].
    private func alongSamples(_ plane: Int, of decoded: [[Float]]) -> [Float] {
        let count = window.samples.count
        let rowCount = pieces.reduce(0) { $0 + $1.lines.count }
        var rows = [Float](repeating: 0, count: rowCount * count)
        var row = 0
        for (piece, values) in zip(pieces, decoded) {
            let offset = window.samples.lowerBound - piece.samples.lowerBound
            for line in 0..<piece.lines.count {
                let first = (plane * piece.lines.count + line) * piece.samples.count
                for sample in 0..<count {
                    rows[row * count + sample] = values[first + offset + sample]
                }
                for (sample, step) in sampleSteps {
                    let jump = values[first + step.beyond] - values[first + step.beyond - 1]
                    rows[row * count + sample] += step.weight * jump
                }
                row += 1
            }
        }
        return rows
    }

    /// Rows of ``alongSamples(_:of:)`` smoothed along lines: [the window's lines][its samples].
    private func acrossLines(_ rows: [Float]) -> [Float] {
        let count = window.samples.count
        var result = [Float](repeating: 0, count: window.pixelCount)
        for (line, (row, steps)) in lineSteps.enumerated() {
            for sample in 0..<count {
                result[line * count + sample] = rows[row * count + sample]
            }
            for step in steps {
                let (beyond, before) = (step.beyond * count, (step.beyond - 1) * count)
                for sample in 0..<count {
                    let jump = rows[beyond + sample] - rows[before + sample]
                    result[line * count + sample] += step.weight * jump
                }
            }
        }
        return result
    }
}
