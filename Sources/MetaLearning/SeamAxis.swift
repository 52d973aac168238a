/// The seams that matter to a range of lines, or of samples, under a ``Deblocking``.
struct SeamAxis {
    /// What one position takes from one seam: its weight times the jump there.
    struct Term {
        /// The first position beyond the seam.
        let seam: Int
        /// Positive before the seam, negative beyond it.
        let weight: Float
    }

    /// For each position of the range, from the seam before it and from the one beyond it.
    let terms: [[Term]]

    /// - Parameters:
    ///   - range: positions that are wanted.
    ///   - extent: positions of the whole cube.
    ///   - cell: the positions of the cell that holds a position.
    init(
        _ range: Range<Int>, extent: Int, deblocking: Deblocking, cell: (Int) -> Range<Int>
    ) {
        terms = range.map { position in
            let cell = cell(position)
            let (before, after) = (position - cell.lowerBound, cell.upperBound - 1 - position)
            var terms: [Term] = []
            if cell.lowerBound > 0, before < deblocking.reach {
                let weight = -deblocking.weight(atDistance: before)
                terms.append(Term(seam: cell.lowerBound, weight: weight))
            }
            if cell.upperBound < extent, after < deblocking.reach {
                let weight = deblocking.weight(atDistance: after)
                terms.append(Term(seam: cell.upperBound, weight: weight))
            }
            return terms
        }
    }

    /// The positions on both sides of every seam, in ascending pairs.
    var seamPairs: [Range<Int>] {
        Set(terms.joined().map(\.seam)).sorted().map { $0 - 1..<$0 + 1 }
    }
}
