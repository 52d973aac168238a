import Foundation

/// A small symmetric matrix, as whitening wants it.
struct SymmetricMatrix {
    let size: Int
    /// [size][size]
    var values: [Double]

    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    /// Adds the outer product of a vector with itself.
    mutating func add(outerProductOf vector: [Double], times factor: Double) {
        for row in 0..<size {
            for column in 0..<size {
                values[row * size + column] += factor * vector[row] * vector[column]
            }
        }
    }

    /// Eigenvalues, largest first, and their vectors, [eigenvalue][size], by Jacobi's rotations.
    func eigen() -> (values: [Double], vectors: [[Double]]) {
        var work = self
        var turns = SymmetricMatrix(size: size)
        for index in 0..<size { turns[index, index] = 1 }
        for _ in 0..<50 {
            var rest = 0.0
            for row in 0..<size {
                for column in 0..<row {
                    rest += work[row, column] * work[row, column]
                    work.rotate(row, column, along: &turns)
                }
            }
            if rest < 1e-24 * work.values.reduce(0, { $0 + $1 * $1 }) { break }
        }
        let order = (0..<size).sorted { work[$0, $0] > work[$1, $1] }
        return (
            order.map { work[$0, $0] }, order.map { column in (0..<size).map { turns[$0, column] } }
        )
    }

    /// Makes one element zero.
    private mutating func rotate(_ row: Int, _ column: Int, along turns: inout SymmetricMatrix) {
        let element = self[row, column]
        guard element != 0 else { return }
        let ratio = (self[column, column] - self[row, row]) / (2 * element)
        let tangent = (ratio >= 0 ? 1 : -1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for index in 0..<size {
            let (first, second) = (self[index, row], self[index, column])
            self[index, row] = cosine * first - sine * second
            self[index, column] = sine * first + cosine * second
        }
        for index in 0..<size {
            let (first, second) = (self[row, index], self[column, index])
            self[row, index] = cosine * first - sine * second
            self[column, index] = sine * first + cosine * second
        }
        for index in 0..<size {
            let (first, second) = (turns[index, row], turns[index, column])
            turns[index, row] = cosine * first - sine * second
            turns[index, column] = sine * first + cosine * second
        }
    }
}
