import Foundation
import NeuralField
import Testing

@Suite struct FieldArchitectureTests {
    @Test func `the paper's network has the parameters that an honest count finds`() throws {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 10, hiddenWidth: 128, latentCount: 32, outputCount: 220, omega: 15)
        #expect(architecture.sineParameterCount == 177_372)
        #expect(architecture.modulationParameterCount == 42_240)
        #expect(architecture.parameterCount == 219_612)
    }

    @Test func `the layout names every parameter exactly once`() throws {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: 3, hiddenWidth: 5, latentCount: 4, outputCount: 7, omega: 15)
        let layout = FieldLayout(architecture)
        var ranges = (0..<3).flatMap {
            [layout.weights(ofHiddenLayer: $0), layout.biases(ofHiddenLayer: $0)]
        }
        ranges += [layout.outputWeights, layout.outputBiases]
        ranges += [layout.modulationWeights, layout.modulationBiases]
        #expect(ranges.flatMap { Array($0) } == Array(0..<architecture.parameterCount))
    }

    @Test func `absurd sizes are refused, from code and from JSON`() throws {
        let absurd: [(Int, Int, Int, Int, Float)] = [
            (0, 8, 4, 3, 15), (1, 0, 4, 3, 15), (1, 8, 0, 3, 15), (1, 8, 4, 0, 15),
            (65, 8, 4, 3, 15), (1, 8, 4, 3, .nan), (1, 8, 4, 3, 0), (64, 4096, 4, 3, 15),
            (Int.max, Int.max, Int.max, Int.max, 1),
        ]
        for (layers, width, latent, outputs, omega) in absurd {
            #expect(throws: NeuralFieldError.self) {
                try FieldArchitecture(
                    hiddenLayerCount: layers, hiddenWidth: width, latentCount: latent,
                    outputCount: outputs, omega: omega)
            }
        }
        let json =
            #"{"hiddenLayerCount":2,"hiddenWidth":-8,"latentCount":4,"outputCount":3,"omega":15}"#
        #expect(throws: NeuralFieldError.self) {
            try JSONDecoder().decode(FieldArchitecture.self, from: Data(json.utf8))
        }
    }

    @Test func `parameters that do not fit or are not finite are refused`() throws {
        let fixture = try FieldFixture()
        var values = fixture.parameters.values
        #expect(throws: NeuralFieldError.self) {
            try FieldParameters(
                architecture: fixture.parameters.architecture, values: Array(values.dropLast()))
        }
        values[3] = .nan
        #expect(throws: NeuralFieldError.self) {
            try FieldParameters(architecture: fixture.parameters.architecture, values: values)
        }
    }

    @Test func `the same seed gives the same parameters`() throws {
        let first = try FieldFixture(seed: 1).parameters
        let again = try FieldFixture(seed: 1).parameters
        let other = try FieldFixture(seed: 2).parameters
        #expect(first == again)
        #expect(first != other)
    }
}
