import Foundation
import NeuralField

/// The network written down naively in double precision, straight from its equations.
struct ReferenceField {
    let architecture: FieldArchitecture
    /// In the order of `FieldLayout`.
    var values: [Double]

    init(_ parameters: FieldParameters) {
        architecture = parameters.architecture
        values = parameters.values.map(Double.init)
    }

    func output(at position: [Double], latent: [Double]) -> [Double] {
        let layout = FieldLayout(architecture)
        var activation = position
        for layer in 0..<architecture.hiddenLayerCount {
            let depth = layout.inputCount(ofHiddenLayer: layer)
            activation = (0..<architecture.hiddenWidth).map { unit in
                let row = layout.weights(ofHiddenLayer: layer).lowerBound + unit * depth
                let shift = layer * architecture.hiddenWidth + unit
                let z =
                    dot(row, activation) + values[layout.biases(ofHiddenLayer: layer)][offset: unit]
                    + beta(shift, latent)
                return sin(Double(architecture.omega) * z)
            }
        }
        return (0..<architecture.outputCount).map { output in
            dot(layout.outputWeights.lowerBound + output * architecture.hiddenWidth, activation)
                + values[layout.outputBiases][offset: output]
        }
    }

    /// The mean squared error over targets that are not NaN; `rows` maps outputs to bands.
    func loss(
        coordinates: [Float], targets: [[Double]], rows: [[OutputMap.Term]], latent: [Double]
    ) -> Double {
        var sum = 0.0
        var count = 0
        for (pixel, wanted) in targets.enumerated() {
            let position = [Double(coordinates[pixel * 2]), Double(coordinates[pixel * 2 + 1])]
            let outputs = output(at: position, latent: latent)
            for (band, target) in wanted.enumerated() where !target.isNaN {
                let value = rows[band].reduce(0) {
                    $0 + Double($1.weight) * outputs[$1.outputIndex]
                }
                sum += (value - target) * (value - target)
                count += 1
            }
        }
        return sum / Double(count)
    }

    private func beta(_ shift: Int, _ latent: [Double]) -> Double {
        let layout = FieldLayout(architecture)
        return dot(layout.modulationWeights.lowerBound + shift * latent.count, latent)
            + values[layout.modulationBiases][offset: shift]
    }

    private func dot(_ start: Int, _ vector: [Double]) -> Double {
        vector.indices.reduce(0) { $0 + values[start + $1] * vector[$1] }
    }
}

extension ArraySlice {
    subscript(offset offset: Int) -> Element { self[startIndex + offset] }
}
