import Basics
import NeuralField

/// What all images share: the network's parameters, what its outputs stand for, how a cube is cut
/// into cells and how a latent is fitted.
///
/// Invariant: the grid has as many outputs as the network; the inner rates are as many as a latent
/// has values, finite and not negative; the latent grid is valid; companions have none themselves,
/// are at most 7, and no two of all these networks have the same grid.
public struct BaseNetwork: Hashable, Sendable {
    /// Theta, W_M and b_M.
    public let parameters: FieldParameters
    /// What the outputs stand for.
    public let bandGrid: BandGrid
    /// How a cube is cut into cells.
    public let latentGrid: LatentGrid
    /// The inner loop that the network was trained for.
    public let inner: InnerSettings
    /// What its latents are rounded and coded by; nil where nothing is known of them, as with
    /// networks from elsewhere.
    public let latentPrior: LatentPrior?
    /// Networks for other grids, which belong to this one: for scenes that it has not seen. Which
    /// of them all a cube's latent is for is up to its encoder, and stated with the latent.
    public let companions: [BaseNetwork]

    /// Assembles a network and checks that its parts fit.
    ///
    /// - Throws: ``NeuralFieldError/impossibleParameters(reason:)`` or
    ///   ``MetaLearningError/impossibleGrid(reason:)``.
    public init(
        parameters: FieldParameters, bandGrid: BandGrid, latentGrid: LatentGrid,
        inner: InnerSettings, latentPrior: LatentPrior? = nil, companions: [BaseNetwork] = []
    ) throws {
        let architecture = parameters.architecture
        guard bandGrid.outputCount == architecture.outputCount else {
            throw NeuralFieldError.impossibleParameters(
                reason: "\(architecture.outputCount) outputs, but \(bandGrid.outputCount) bands")
        }
        guard inner.rates.count == architecture.latentCount,
            inner.rates.allSatisfy({ $0.isFinite && $0 >= 0 }), (1...100).contains(inner.stepCount)
        else {
            throw NeuralFieldError.impossibleParameters(reason: "the inner loop is out of range")
        }
        guard latentPrior.map({ $0.steps.count == architecture.latentCount }) ?? true else {
            throw NeuralFieldError.impossibleParameters(
                reason: "its prior is not of \(architecture.latentCount) values")
        }
        try latentGrid.check()
        try Self.check(companions, of: latentGrid)
        self.parameters = parameters
        self.bandGrid = bandGrid
        self.latentGrid = latentGrid
        self.inner = inner
        self.latentPrior = latentPrior
        self.companions = companions
    }

    private static func check(_ companions: [BaseNetwork], of grid: LatentGrid) throws {
        guard companions.count <= maximumCompanionCount,
            companions.allSatisfy(\.companions.isEmpty)
        else {
            throw NeuralFieldError.impossibleParameters(
                reason: "it has more than \(maximumCompanionCount) companions, or theirs")
        }
        guard Set(companions.map(\.latentGrid) + [grid]).count == companions.count + 1 else {
            throw MetaLearningError.impossibleGrid(reason: "two companions have the same")
        }
    }

    /// The network with every parameter rounded to what can be stored in half the bytes, which the
    /// rounded network then decodes with everywhere. The error of a value is at most 1/65534 of
    /// the largest in its matrix or vector.
    public func roundedForStorage() -> BaseNetwork {
        let values = parameters.layout.tensors.flatMap {
            StoredTensor.rounded(parameters.values[$0])
        }
        do {
            return try BaseNetwork(
                parameters: FieldParameters(architecture: architecture, values: values),
                bandGrid: bandGrid, latentGrid: latentGrid, inner: inner, latentPrior: latentPrior,
                companions: companions)
        } catch {
            preconditionFailure("rounded parameters fit as the others did: \(error)")
        }
    }

    /// The network's sizes.
    public var architecture: FieldArchitecture { parameters.architecture }
}
