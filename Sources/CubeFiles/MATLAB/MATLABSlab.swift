/// A box of an array that is contiguous in storage order.
struct MATLABSlab {
    /// First index along each dimension.
    let start: [Int]
    /// Extent along each dimension.
    let edge: [Int]
    /// Index of the first column (run along the first dimension).
    let firstColumn: Int

    /// Number of values.
    var valueCount: Int { edge.reduce(1, *) }

    /// Slabs of whole columns that cover an array in storage order, each of at most `limit` values
    /// or a single column.
    static func covering(_ dimensions: [Int], atMostValues limit: Int) -> [MATLABSlab] {
        // The slowest dimension is cut into runs; where one step along it is too long already, each
        // step is covered by itself.
        let last = dimensions.count - 1
        let stepCount = dimensions[..<last].reduce(1, *)
        let columnsPerStep = dimensions[1..<max(1, last)].reduce(1, *)
        if stepCount <= limit || last == 1 {
            let run = max(1, limit / max(1, stepCount))
            return stride(from: 0, to: dimensions[last], by: run).map { first in
                MATLABSlab(
                    start: Array(repeating: 0, count: last) + [first],
                    edge: dimensions[..<last] + [min(run, dimensions[last] - first)],
                    firstColumn: first * columnsPerStep)
            }
        }
        let inner = covering(Array(dimensions[..<last]), atMostValues: limit)
        return (0..<dimensions[last]).flatMap { index in
            inner.map {
                MATLABSlab(
                    start: $0.start + [index], edge: $0.edge + [1],
                    firstColumn: index * columnsPerStep + $0.firstColumn)
            }
        }
    }
}
