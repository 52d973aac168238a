import Basics
import MetaLearning
import NeuralField

/// What the catalog keeps of a network beside its blob, so that listing needs no blob. What came
/// later is optional, for the rows of earlier programs.
struct BaseSummary: Codable {
    var hiddenLayerCount: Int
    var hiddenWidth: Int
    var latentCount: Int
    var outputCount: Int
    var parameterCount: Int
    var grid: String
    var omega: Float?
    var innerStepCount: Int?
    var lowestWavelengthNanometers: Double?
    var highestWavelengthNanometers: Double?
    var latentCoding: String?
    var goldenSHA256: [String]?
    var companions: [BaseSummary]?

    /// - Throws: ``NeuralFieldError`` where the network cannot decode.
    init(_ network: BaseNetwork) throws(NeuralFieldError) {
        hiddenLayerCount = network.architecture.hiddenLayerCount
        hiddenWidth = network.architecture.hiddenWidth
        latentCount = network.architecture.latentCount
        outputCount = network.architecture.outputCount
        parameterCount = network.architecture.parameterCount
        grid = network.latentGrid.description
        omega = network.architecture.omega
        innerStepCount = network.inner.stepCount
        let wavelengths = network.bandGrid.wavelengthNanometers.compactMap(\.self)
        lowestWavelengthNanometers = wavelengths.min()
        highestWavelengthNanometers = wavelengths.max()
        latentCoding =
            (network.latentPrior == nil
                ? "one step chosen per cube, adaptive range coder"
                : "a step per value scaled per cube, range coder with the network's prior")
            + " (form \(network.latentForm))"
        companions = try network.companions.map { companion throws(NeuralFieldError) in
            try BaseSummary(companion)
        }
        goldenSHA256 = try GoldenDecode.standard(of: network.parameters).map(\.sha256.hexadecimal)
    }
}
