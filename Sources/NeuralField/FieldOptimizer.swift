import CNeuralField
import Foundation

/// Moves a network's parameters down a gradient: Muon for matrices, Adam for everything else.
///
/// Muon (Jordan et al., 2024) steps a matrix by its orthogonalised momentum, so that every
/// direction of the matrix moves equally far and none moves further than the rate allows. Adam
/// bounds single elements only; their sum over 128 inputs can turn a sine through a whole period,
/// which is how deep sine networks collapse. Matrices are W_2 ... W_K, W_(K+1) and each layer's
/// part of W_M; the first layer, the biases and b_M are Adam's (Kingma and Ba, 2015).
///
/// A matrix's step is scaled to a root mean square of 0.2 times the rate, about what Adam's has
/// (Liu et al., 2025), so that one rate serves both.
///
/// The result does not depend on the number of threads. Invariant: one caller at a time.
public final class FieldOptimizer: @unchecked Sendable {
    private static let momentum: Float = 0.95
    private static let adamMeanDecay: Float = 0.9
    private static let adamSquareDecay: Float = 0.999
    private static let stepScale: Float = 0.2

    private let matrices: [StridedMatrix]
    private let orthogonalizers: [MatrixOrthogonalizer]
    /// The parameters outside all matrices.
    private let adamRanges: [Range<Int>]
    private let threadCount: Int
    /// [parameters] scratch: gradient and momentum mixed.
    private let mixture: AlignedFloats

    /// Prepares to step networks of one architecture.
    public init(_ architecture: FieldArchitecture, threadCount: Int) {
        matrices = FieldLayout(architecture).steppedMatrices
        orthogonalizers = matrices.map(MatrixOrthogonalizer.init)
        self.threadCount = threadCount
        mixture = AlignedFloats(count: architecture.parameterCount)
        var ranges: [Range<Int>] = []
        var end = 0
        for matrix in matrices.sorted(by: { $0.start < $1.start }) {
            if matrix.start > end { ranges.append(end..<matrix.start) }
            end = matrix.range.upperBound
        }
        if end < architecture.parameterCount { ranges.append(end..<architecture.parameterCount) }
        adamRanges = ranges
    }

    /// One step down the gradient; all arrays are [parameters].
    public func step(
        _ parameters: inout [Float], _ moments: inout OptimizerMoments, gradient: [Float],
        rate: Float
    ) {
        precondition(
            parameters.count == mixture.count && gradient.count == mixture.count
                && moments.means.count == mixture.count, "one gradient per parameter")
        moments.stepCount += 1
        let stepCount = moments.stepCount
        parameters.withUnsafeMutableBufferPointer { parameters in
            moments.means.withUnsafeMutableBufferPointer { means in
                moments.squares.withUnsafeMutableBufferPointer { squares in
                    gradient.withUnsafeBufferPointer { gradient in
                        guard let first = parameters.baseAddress, let mean = means.baseAddress,
                            let square = squares.baseAddress, let slope = gradient.baseAddress
                        else { return }
                        run(
                            Arrays(
                                parameters: first, means: mean, squares: square, gradient: slope),
                            stepCount: stepCount, rate: rate)
                    }
                }
            }
        }
    }

    /// The arrays of one step, each [parameters].
    private struct Arrays: @unchecked Sendable {
        let parameters: UnsafeMutablePointer<Float>
        let means: UnsafeMutablePointer<Float>
        let squares: UnsafeMutablePointer<Float>
        let gradient: UnsafePointer<Float>
    }

    /// Matrices and ranges do not overlap, so each is a job of its own.
    private func run(_ arrays: Arrays, stepCount: Int, rate: Float) {
        let jobCount = matrices.count + adamRanges.count
        Workers.run(jobCount, threadCount: threadCount) { [self] job, _ in
            if job < matrices.count {
                stepMatrix(job, arrays, rate: rate)
            } else {
                stepAdam(
                    adamRanges[job - matrices.count], arrays, stepCount: stepCount, rate: rate)
            }
        }
    }

    private func stepMatrix(_ index: Int, _ arrays: Arrays, rate: Float) {
        let matrix = matrices[index]
        let share = 1 - Self.momentum
        for position in matrix.range {
            let slope = arrays.gradient[position]
            let mean = Self.momentum * arrays.means[position] + share * slope
            arrays.means[position] = mean
            mixture.start[position] = Self.momentum * mean + share * slope
        }
        let side = Float(max(matrix.rowCount, matrix.columnCount))
        orthogonalizers[index].subtract(
            mixture.start, times: rate * Self.stepScale * side.squareRoot(),
            from: arrays.parameters)
    }

    private func stepAdam(_ range: Range<Int>, _ arrays: Arrays, stepCount: Int, rate: Float) {
        let power = Float(stepCount)
        var step = cnf_adam()
        step.parameters = arrays.parameters + range.lowerBound
        step.means = arrays.means + range.lowerBound
        step.squares = arrays.squares + range.lowerBound
        step.gradient = arrays.gradient + range.lowerBound
        step.count = Int64(range.count)
        step.rate = rate
        step.mean_decay = Self.adamMeanDecay
        step.square_decay = Self.adamSquareDecay
        step.mean_correction = 1 / (1 - pow(Self.adamMeanDecay, power))
        step.square_correction = 1 / (1 - pow(Self.adamSquareDecay, power))
        cnf_run_adam(&step)
    }
}

extension FieldLayout {
    /// The matrices that are stepped as a whole: W_2 ... W_K, W_(K+1), and each layer's part of
    /// W_M, [d][latent].
    fileprivate var steppedMatrices: [StridedMatrix] {
        let width = architecture.hiddenWidth
        let layers = 0..<architecture.hiddenLayerCount
        let hidden = layers.dropFirst().map {
            StridedMatrix(
                start: weights(ofHiddenLayer: $0).lowerBound, rowCount: width, columnCount: width)
        }
        let output = StridedMatrix(
            start: outputWeights.lowerBound, rowCount: architecture.outputCount,
            columnCount: width)
        let modulation = layers.map {
            StridedMatrix(
                start: modulationWeights.lowerBound + $0 * width * architecture.latentCount,
                rowCount: width, columnCount: architecture.latentCount)
        }
        return hidden + [output] + modulation
    }
}
