import CNeuralField
import Foundation

/// Adam (Kingma and Ba, 2015) over one flat array of parameters.
public struct AdamOptimizer: Sendable, Equatable {
    /// Decay of the mean of gradients.
    public static let meanDecay: Float = 0.9
    /// Decay of the mean of squared gradients.
    public static let squareDecay: Float = 0.999

    /// Running mean of gradients, [parameters].
    public private(set) var means: [Float]
    /// Running mean of squared gradients, [parameters].
    public private(set) var squares: [Float]
    /// Steps taken.
    public private(set) var stepCount: Int

    /// A fresh optimizer.
    public init(parameterCount: Int) {
        means = [Float](repeating: 0, count: parameterCount)
        squares = means
        stepCount = 0
    }

    /// An optimizer in a stated state, as a checkpoint keeps it.
    public init(means: [Float], squares: [Float], stepCount: Int) {
        precondition(means.count == squares.count && stepCount >= 0, "the state fits itself")
        self.means = means
        self.squares = squares
        self.stepCount = stepCount
    }

    /// One step down the gradient.
    public mutating func step(_ parameters: inout [Float], gradient: [Float], rate: Float) {
        precondition(
            parameters.count == means.count && gradient.count == means.count,
            "one gradient per parameter")
        stepCount += 1
        let power = Float(stepCount)
        parameters.withUnsafeMutableBufferPointer { parameters in
            means.withUnsafeMutableBufferPointer { means in
                squares.withUnsafeMutableBufferPointer { squares in
                    gradient.withUnsafeBufferPointer { gradient in
                        var step = cnf_adam()
                        step.parameters = parameters.baseAddress
                        step.means = means.baseAddress
                        step.squares = squares.baseAddress
                        step.gradient = gradient.baseAddress
                        step.count = Int64(gradient.count)
                        step.rate = rate
                        step.mean_decay = Self.meanDecay
                        step.square_decay = Self.squareDecay
                        step.mean_correction = 1 / (1 - pow(Self.meanDecay, power))
                        step.square_correction = 1 / (1 - pow(Self.squareDecay, power))
                        cnf_run_adam(&step)
                    }
                }
            }
        }
    }
}
