import Basics
import Foundation
import MetaLearning
import NeuralField

/// Gives a base network another basis of the same latents, in which rounding by one step is fair.
///
/// With J the derivative of a tile's samples by its latent and H the mean of J^T J over samples
/// and tiles, z = H^(1/2) (phi - mean), turned onto the principal axes of the training tiles'
/// latents: an error of z costs |error of z|^2 whatever its direction, the values are uncorrelated,
/// and the first vary most. The basis goes into W_M and b_M, so nothing that decodes knows of it,
/// and an inner step of 1/2 becomes one of Gauss and Newton.
struct LatentWhitening {
    /// Tiles over which J^T J is averaged.
    private static let tileCount = 48
    /// Eigenvalues of H below this part of the largest are taken as this part.
    private static let leastPower = 1e-6

    let network: BaseNetwork
    let scenes: [ScenePixels]
    /// Per scene, the latents of its tiles.
    let latents: [SceneLatent]

    /// The network in the new basis, and the variance of each of its values over the tiles.
    func whitened() throws -> (network: BaseNetwork, variances: [Double]) {
        let count = network.architecture.latentCount
        let cells = latents.flatMap { latent in (0..<latent.cellCount).map(latent.cell) }
        let mean = (0..<count).map { index in
            cells.reduce(0) { $0 + Double($1[index]) } / Double(cells.count)
        }
        let power = try sensitivity().eigen()
        let floor = power.values[0] * Self.leastPower
        let scales = power.values.map { max($0, floor).squareRoot() }
        var spread = SymmetricMatrix(size: count)
        for cell in cells {
            let offset = zip(cell, mean).map { Double($0) - $1 }
            let turned = zip(power.vectors, scales).map { vector, scale in
                scale * zip(vector, offset).reduce(0) { $0 + $1.0 * $1.1 }
            }
            spread.add(outerProductOf: turned, times: 1 / Double(cells.count))
        }
        let (variances, axes) = spread.eigen()
        // phi = mean + sum over j of back[j] z_j
        let back = axes.map { axis in
            (0..<count).map { index in
                (0..<count).reduce(0) {
                    $0 + power.vectors[$1][index] / scales[$1] * axis[$1]
                }
            }
        }
        return (try moved(by: mean, basis: back).roundedForStorage(), variances)
    }

    /// The mean of J^T J over samples of some tiles, by differences.
    private func sensitivity() throws -> SymmetricMatrix {
        let decoder = try FieldDecoder(network.parameters)
        let count = network.architecture.latentCount
        var result = SymmetricMatrix(size: count)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<Self.tileCount {
            let scene = generator.index(below: scenes.count)
            let tile = generator.index(below: latents[scene].cellCount)
            let range = scenes[scene].pixelRanges[tile]
            let coordinates = Array(
                scenes[scene].coordinates[2 * range.lowerBound..<2 * range.upperBound])
            let latent = latents[scene].cell(tile)
            let size = max(1e-3, latent.map(abs).max() ?? 0) * 0.02
            let columns = try (0..<count).map { index in
                var (above, below) = (latent, latent)
                above[index] += size
                below[index] -= size
                return zip(
                    try decoder.decode(latent: above, coordinates: coordinates),
                    try decoder.decode(latent: below, coordinates: coordinates)
                ).map { ($0 - $1) / (2 * size) }
            }
            let factor = 1 / (Double(Self.tileCount) * Double(max(1, columns[0].count)))
            for row in 0..<count {
                for column in 0...row {
                    var sum: Float = 0
                    for place in columns[row].indices {
                        sum += columns[row][place] * columns[column][place]
                    }
                    result[row, column] += factor * Double(sum)
                    if column < row { result[column, row] = result[row, column] }
                }
            }
        }
        return result
    }

    private func moved(by mean: [Double], basis: [[Double]]) throws -> BaseNetwork {
        let layout = network.parameters.layout
        let count = network.architecture.latentCount
        var values = network.parameters.values
        for shift in 0..<network.architecture.shiftCount {
            let start = layout.modulationWeights.lowerBound + shift * count
            let row = network.parameters.values[start..<start + count].map(Double.init)
            func dot(_ vector: [Double]) -> Double {
                zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 }
            }
            for (index, vector) in basis.enumerated() { values[start + index] = Float(dot(vector)) }
            values[layout.modulationBiases.lowerBound + shift] += Float(dot(mean))
        }
        return try BaseNetwork(
            parameters: FieldParameters(architecture: network.architecture, values: values),
            bandGrid: network.bandGrid, latentGrid: network.latentGrid,
            inner: InnerSettings(
                stepCount: network.inner.stepCount,
                rates: [Float](repeating: 0.5, count: count)))
    }
}
