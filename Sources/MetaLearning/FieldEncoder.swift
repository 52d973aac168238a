import Basics
import Cube
import NeuralField

/// Fits latents of one base network to cubes. Safe to use from several threads at once.
public struct FieldEncoder: Sendable {
    /// The base network.
    public let network: BaseNetwork
    private let effort: EncodingEffort
    private let threadCount: Int
    private let field: PackedField
    private let decoder: FieldDecoder

    /// Packs a network for encoding.
    ///
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)``.
    public init(
        network: BaseNetwork, effort: EncodingEffort = .quick, threadCount: Int = 2
    ) throws(NeuralFieldError) {
        self.network = network
        self.effort = effort
        self.threadCount = threadCount
        field = PackedField(network.parameters, forGradients: true)
        decoder = try FieldDecoder(network.parameters)
    }

    /// Fits a latent to every cell; cells without a valid pixel keep phi = 0.
    ///
    /// No cell's latent is worse, over its judged pixels, than phi = 0. A cube whose bands are all
    /// constant has nothing to fit and is encoded by its constants.
    ///
    /// - Throws: ``MetaLearningError/unmatchedCube(cube:)``,
    ///   ``MetaLearningError/foreignLatent(reason:)`` where the pixels were sampled with another
    ///   grid, or ``BasicsError/stopped``.
    public func encode(
        _ pixels: ScenePixels, stop: StopToken = StopToken()
    ) throws -> SceneLatent {
        let problems = try problems(of: pixels)
        let workers = workers(bandCount: problems.lazy.compactMap(\.?.columns.count).first)
        let latentCount = network.architecture.latentCount
        let latents = Workers.map(problems.count, threadCount: threadCount) { index, worker in
            guard !stop.isRequested, let problem = problems[index] else {
                return [Float](repeating: 0, count: latentCount)
            }
            return workers[worker].fit(problem, cell: index, effort: effort)
        }
        try stop.check()
        return SceneLatent(
            rows: pixels.cells.rows, columns: pixels.cells.columns, latentCount: latentCount,
            values: latents.flatMap(\.self), scaling: pixels.scaling,
            bandStates: pixels.bandStates)
    }

    /// The error of a latent over all sampled valid pixels of the bands that the network knows, on
    /// samples scaled to 0...1; 0 where there are none. With the cube's range as its peak,
    /// PSNR = -10 log10 of it.
    ///
    /// - Throws: as ``encode(_:stop:)``; ``NeuralFieldError/impossibleLatent(reason:)``.
    public func meanSquaredError(
        of latent: SceneLatent, on pixels: ScenePixels
    ) throws -> Double {
        let problems = try problems(of: pixels)
        guard latent.cellCount == problems.count,
            latent.latentCount == network.architecture.latentCount
        else { throw MetaLearningError.foreignLatent(reason: "it has another grid or length") }
        for cell in 0..<latent.cellCount { _ = try decoder.shifts(of: latent.cell(cell)) }
        let workers = workers(bandCount: problems.lazy.compactMap(\.?.columns.count).first)
        let pieces = problems.indices.flatMap { cell in
            (problems[cell]?.pieces ?? []).map { (cell: cell, pixels: $0) }
        }
        let losses = Workers.map(pieces.count, threadCount: threadCount) { index, worker in
            let piece = pieces[index]
            return problems[piece.cell].map {
                workers[worker].loss(
                    of: latent.cell(piece.cell), on: $0, pixels: piece.pixels)
            }
        }
        let valid = losses.reduce(0) { $0 + ($1?.validSampleCount ?? 0) }
        let squares = losses.reduce(0) { $0 + ($1?.squaredErrorSum ?? 0) }
        return valid > 0 ? squares / Double(valid) : 0
    }

    private func workers(bandCount: Int?) -> [EncodingWorker] {
        (0..<max(1, threadCount)).map { _ in
            EncodingWorker(
                network: network, field: field, decoder: decoder, bandCount: bandCount ?? 1)
        }
    }

    private func problems(of pixels: ScenePixels) throws -> [CellProblem?] {
        guard pixels.grid == network.latentGrid else {
            throw MetaLearningError.foreignLatent(
                reason: "its pixels were sampled with another latent grid")
        }
        let (columns, map) = pixels.match(onto: network.bandGrid)
        guard !columns.isEmpty else {
            if pixels.liveBandIndices.isEmpty { return pixels.pixelRanges.map { _ in nil } }
            throw MetaLearningError.unmatchedCube(
                cube: pixels.description.geometry.description)
        }
        let output = PackedOutput(network.parameters, map: map, forGradients: true)
        return pixels.pixelRanges.map { range in
            range.isEmpty
                ? nil
                : CellProblem(
                    scene: pixels, pixelRange: range, columns: columns, output: output)
        }
    }
}
