import CNeuralField

/// Replaces a matrix by a nearly orthogonal one with the same singular vectors: singular values
/// come to lie in about 0.7...1.2, whatever they were.
///
/// Five steps of X <- a X + (b A + c A^2) X with A = X X^T, from X scaled to Frobenius norm 1; the
/// quintic's coefficients are those of Muon (Jordan et al., 2024), chosen to raise small singular
/// values fast. Products run on the network's own kernels, so every machine gets the same bits.
///
/// Invariant: one thread at a time uses it.
final class MatrixOrthogonalizer {
    private static let stepCount = 5
    private static let coefficients: (a: Float, b: Float, c: Float) = (3.4445, -4.7750, 2.0315)

    private let matrix: StridedMatrix
    /// The matrix [short][long]: lying on its side where it has more rows than columns, because
    /// the products over the shorter side are the cheaper ones.
    private let values: AlignedFloats
    private let product: AlignedFloats  // [short][long], padded as `values`
    private let gram: AlignedFloats  // [short][short]
    private let polynomial: AlignedFloats  // [short][short]
    private let panels: AlignedFloats
    private let (short, long): (Int, Int)
    private let (shortStride, longStride): (Int, Int)
    private let rowCapacity: Int
    private let path = KernelPath.best

    init(_ matrix: StridedMatrix) {
        self.matrix = matrix
        short = min(matrix.rowCount, matrix.columnCount)
        long = max(matrix.rowCount, matrix.columnCount)
        shortStride = short.roundedUp(to: FieldShape.panelWidth)
        longStride = long.roundedUp(to: FieldShape.panelWidth)
        rowCapacity = short.roundedUp(to: FieldShape.pixelMultiple)
        values = AlignedFloats(count: rowCapacity * longStride)
        product = AlignedFloats(count: values.count)
        gram = AlignedFloats(count: rowCapacity * shortStride)
        polynomial = AlignedFloats(count: gram.count)
        panels = AlignedFloats(count: shortStride * longStride)
    }

    /// Orthogonalises the matrix that `source` holds and subtracts `scale` times it in `target`;
    /// both are flat arrays that the matrix lies in. A zero matrix changes nothing.
    func subtract(
        _ source: UnsafePointer<Float>, times scale: Float, from target: UnsafeMutablePointer<Float>
    ) {
        guard load(source) else { return }
        for _ in 0..<Self.stepCount { iterate() }
        for row in 0..<short {
            for column in 0..<long {
                target[offset(row, column)] -= scale * values.start[row * longStride + column]
            }
        }
    }

    private func offset(_ row: Int, _ column: Int) -> Int {
        matrix.rowCount <= matrix.columnCount
            ? matrix.start + row * matrix.columnCount + column
            : matrix.start + column * matrix.columnCount + row
    }

    /// Copies the matrix, scaled to Frobenius norm 1; false where it is zero.
    private func load(_ source: UnsafePointer<Float>) -> Bool {
        var squares = 0.0
        for index in matrix.range { squares += Double(source[index] * source[index]) }
        guard squares > 0 else { return false }
        let scale = Float(1 / squares.squareRoot())
        for row in 0..<short {
            for column in 0..<long {
                values.start[row * longStride + column] = scale * source[offset(row, column)]
            }
        }
        return true
    }

    private func iterate() {
        let (a, b, c) = Self.coefficients
        cnf_pack_rows(values.start, Int64(short), Int64(long), Int64(longStride), panels.start)
        multiply(values, longStride, depth: long, into: gram, shortStride)
        cnf_pack_columns(gram.start, Int64(short), Int64(short), Int64(shortStride), panels.start)
        multiply(gram, shortStride, depth: short, into: polynomial, shortStride)
        for index in 0..<gram.count {
            polynomial.start[index] = b * gram.start[index] + c * polynomial.start[index]
        }
        cnf_pack_columns(values.start, Int64(short), Int64(long), Int64(longStride), panels.start)
        multiply(polynomial, shortStride, depth: short, into: product, longStride)
        for index in 0..<values.count {
            values.start[index] = a * values.start[index] + product.start[index]
        }
    }

    /// output = input x packed panels, over all (padded) rows.
    private func multiply(
        _ input: AlignedFloats, _ inputStride: Int, depth: Int, into output: AlignedFloats,
        _ outputStride: Int
    ) {
        var job = cnf_product()
        job.pixel_count = Int64(rowCapacity)
        job.input = UnsafePointer(input.start)
        job.input_stride = Int64(inputStride)
        job.panels = UnsafePointer(panels.start)
        job.depth = Int64(depth)
        job.panel_count = Int64(outputStride / FieldShape.panelWidth)
        job.output = output.start
        job.output_stride = Int64(outputStride)
        job.finish = CNF_LINEAR
        cnf_run_product(path.selector, &job)
    }
}
