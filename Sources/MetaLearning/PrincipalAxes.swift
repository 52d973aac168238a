import Glibc

/// The axes along which some vectors spread, by cyclic Jacobi rotations of their second moments
/// (Golub and Van Loan, 2013, algorithm 8.5.3).
///
/// Invariant: `rows` is orthogonal, and its rows are in the order of falling spread.
struct PrincipalAxes {
    /// More values than this are left as they are: the work grows with their cube.
    static let maximumCount = 256
    private static let sweepLimit = 30

    /// [axes][values], unit vectors.
    let rows: [[Double]]

    /// - Parameter vectors: at least one, all of the same length of at most ``maximumCount``.
    init(of vectors: [[Double]]) {
        let count = vectors.first?.count ?? 0
        precondition((1...Self.maximumCount).contains(count), "there is something to rotate")
        var moments = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        for vector in vectors {
            for row in 0..<count {
                for column in 0..<count {
                    moments[row][column] += vector[row] * vector[column]
                }
            }
        }
        var axes = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0.0 } }
        let total = (0..<count).reduce(0) { $0 + moments[$1][$1] }
        for _ in 0..<Self.sweepLimit {
            for first in 0..<count {
                for second in first + 1..<count {
                    Self.annihilate(first, second, &moments, &axes)
                }
            }
            let rest = (0..<count).reduce(0) { sum, row in
                sum + (0..<row).reduce(0) { $0 + abs(moments[row][$1]) }
            }
            if rest <= 1e-14 * total { break }
        }
        rows = (0..<count).sorted { moments[$0][$0] > moments[$1][$1] }.map { axes[$0] }
    }

    /// One rotation, after which the moment of two axes with each other is 0.
    private static func annihilate(
        _ first: Int, _ second: Int, _ moments: inout [[Double]], _ axes: inout [[Double]]
    ) {
        let mixed = moments[first][second]
        guard mixed != 0 else { return }
        let half = (moments[second][second] - moments[first][first]) / (2 * mixed)
        let tangent = (half < 0 ? -1 : 1) / (abs(half) + (half * half + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for index in moments.indices {
            let (left, right) = (moments[index][first], moments[index][second])
            moments[index][first] = cosine * left - sine * right
            moments[index][second] = sine * left + cosine * right
        }
        for index in moments.indices {
            let (left, right) = (moments[first][index], moments[second][index])
            moments[first][index] = cosine * left - sine * right
            moments[second][index] = sine * left + cosine * right
            let (one, other) = (axes[first][index], axes[second][index])
            axes[first][index] = cosine * one - sine * other
            axes[second][index] = sine * one + cosine * other
        }
    }
}
