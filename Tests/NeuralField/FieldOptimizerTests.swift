import Basics
import Foundation
import NeuralField
import Testing

@Suite struct FieldOptimizerTests {
    private let architecture: FieldArchitecture
    private let layout: FieldLayout

    init() throws {
        architecture = try FieldArchitecture(
            hiddenLayerCount: 3, hiddenWidth: 20, latentCount: 7, outputCount: 33, omega: 15)
        layout = FieldLayout(architecture)
    }

    private func random(seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        return (0..<architecture.parameterCount).map { _ in generator.uniform(in: -1, 1) }
    }

    /// The change of the parameters by one first step.
    private func change(gradient: [Float], rate: Float = 1, threadCount: Int = 2) -> [Float] {
        let optimizer = FieldOptimizer(architecture, threadCount: threadCount)
        var moments = OptimizerMoments(parameterCount: architecture.parameterCount)
        var parameters = [Float](repeating: 0, count: architecture.parameterCount)
        optimizer.step(&parameters, &moments, gradient: gradient, rate: rate)
        #expect(moments.stepCount == 1)
        return parameters
    }

    /// Naive A X for row-major matrices, in double precision.
    private func product(
        _ left: [[Double]], _ right: [[Double]]
    ) -> [[Double]] {
        left.map { row in
            right[0].indices.map { column in
                row.indices.reduce(0) { $0 + row[$1] * right[$1][column] }
            }
        }
    }

    private func transposed(_ matrix: [[Double]]) -> [[Double]] {
        matrix[0].indices.map { column in matrix.map { $0[column] } }
    }

    /// Muon's iteration as its authors state it.
    private func orthogonalized(_ matrix: [[Double]]) -> [[Double]] {
        if matrix.count > matrix[0].count { return transposed(orthogonalized(transposed(matrix))) }
        let norm = matrix.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
        var x = matrix.map { $0.map { $0 / norm } }
        for _ in 0..<5 {
            let gram = product(x, transposed(x))
            let square = product(gram, gram)
            let polynomial = gram.indices.map { row in
                gram.indices.map { -4.7750 * gram[row][$0] + 2.0315 * square[row][$0] }
            }
            let raised = product(polynomial, x)
            x = x.indices.map { row in
                x[row].indices.map { 3.4445 * x[row][$0] + raised[row][$0] }
            }
        }
        return x
    }

    private func matrix(_ values: [Float], _ range: Range<Int>, columns: Int) -> [[Double]] {
        stride(from: range.lowerBound, to: range.upperBound, by: columns).map { start in
            values[start..<start + columns].map(Double.init)
        }
    }

    @Test func `matrices move by their gradient's orthogonal part`() throws {
        let gradient = random(seed: 3)
        let change = change(gradient: gradient)
        let width = architecture.hiddenWidth
        let blocks = [
            (layout.weights(ofHiddenLayer: 1), width), (layout.weights(ofHiddenLayer: 2), width),
            (layout.outputWeights, width),
        ]
        for (range, columns) in blocks {
            let expected = orthogonalized(matrix(gradient, range, columns: columns))
            let side = Double(max(expected.count, columns)).squareRoot()
            let found = matrix(change, range, columns: columns)
            for (wanted, got) in zip(expected.joined(), found.joined()) {
                #expect(abs(got + 0.2 * side * wanted) < 1e-3)
            }
        }
    }

    @Test func `each layer's part of the modulation is a matrix of its own`() throws {
        let gradient = random(seed: 4)
        let change = change(gradient: gradient)
        let latentCount = architecture.latentCount
        let elementCount = architecture.hiddenWidth * latentCount
        for layer in 0..<3 {
            let start = layout.modulationWeights.lowerBound + layer * elementCount
            let range = start..<start + elementCount
            let expected = orthogonalized(matrix(gradient, range, columns: latentCount))
            let found = matrix(change, range, columns: latentCount)
            let side = Double(architecture.hiddenWidth).squareRoot()
            for (wanted, got) in zip(expected.joined(), found.joined()) {
                #expect(abs(got + 0.2 * side * wanted) < 1e-3)
            }
        }
    }

    @Test func `everything else moves by Adam's first step, the gradient's sign`() throws {
        let gradient = random(seed: 5)
        let change = change(gradient: gradient, rate: 0.25)
        var ranges = [layout.weights(ofHiddenLayer: 0), layout.outputBiases]
        ranges.append(layout.modulationBiases)
        ranges += (0..<3).map { layout.biases(ofHiddenLayer: $0) }
        for index in ranges.joined() where abs(gradient[index]) > 1e-3 {
            #expect(abs(change[index] + (gradient[index] > 0 ? 0.25 : -0.25)) < 1e-4)
        }
    }

    @Test func `a zero gradient moves nothing and threads change no bit`() throws {
        let zero = [Float](repeating: 0, count: architecture.parameterCount)
        #expect(change(gradient: zero) == zero)
        let gradient = random(seed: 6)
        #expect(
            change(gradient: gradient, threadCount: 1) == change(gradient: gradient, threadCount: 4)
        )
    }
}
