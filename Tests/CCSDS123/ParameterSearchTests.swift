import CCSDS123
import Cube
import Foundation
import Testing

struct ParameterSearchTests {
    /// Vertical stripes over a smooth scene: what column-oriented sums are for.
    private func striped() throws -> CCSDSImage {
        var random = RandomImages(seed: 11)
        var image = try random.image(
            lines: 30, samples: 40, bands: 12, bitDepth: 13, isSigned: false, noise: 0.0005,
            wildPeriod: 1_000_000)
        for index in image.values.indices {
            let (band, sample) = (index / 1200, index % 40)
            let stripe = Int32((band * 131 + sample * sample * 37) % 500)
            image.values[index] = min(image.values[index] / 2 + stripe, 8191)
        }
        return image
    }

    @Test func `the found parameters are valid, shorter, and give the image back`() throws {
        let image = try striped()
        let outcome = try CCSDSParameterSearch().run(image)
        let before = try CCSDSEncoder.encode(image, parameters: CCSDSParameters())
        let after = try CCSDSEncoder.encode(image, parameters: outcome.parameters)
        #expect(before.count == outcome.startByteCount)
        #expect(after.count == outcome.bestByteCount)
        #expect(after.count < before.count * 9 / 10)
        #expect(outcome.trialCount <= 45)
        let sum = outcome.parameters.prediction.localSum
        #expect(sum == .wideColumn || sum == .narrowColumn)
        let decoded = try CCSDSDecoder.decode(after, maximumSampleCount: 1 << 20)
        #expect(decoded.image == image)
    }

    @Test func `a search on some of the lines keeps limits and order`() throws {
        let image = try striped()
        var start = CCSDSParameters(encodingOrder: .bandInterleaved(depth: 2))
        start.fidelity = CCSDSFidelity(
            absolute: CCSDSErrorLimits(periods: (0..<8).map { .common($0) }), updatePeriodLog2: 2)
        let search = CCSDSParameterSearch(trialSampleCount: 5000, learnsInitialWeights: false)
        let outcome = try search.run(image, from: start)
        #expect(outcome.lineCount == 10)
        #expect(outcome.parameters.fidelity == start.fidelity)
        #expect(outcome.parameters.encodingOrder == start.encodingOrder)
        #expect(outcome.parameters.prediction.weightInitialization == .standard)
        let stream = try CCSDSEncoder.encode(image, parameters: outcome.parameters)
        let decoded = try CCSDSDecoder.decode(stream, maximumSampleCount: 1 << 20).image
        let largest = zip(decoded.values, image.values).map { abs($0 - $1) }.max()
        #expect((1...7).contains(largest ?? 0))
    }

    @Test func `an image one sample wide and one of a single sample can be searched`() throws {
        for (lines, bands) in [(20, 3), (1, 1)] {
            var random = RandomImages(seed: 2)
            let image = try random.image(
                lines: lines, samples: 1, bands: bands, bitDepth: 12, isSigned: true, noise: 0.01)
            var start = CCSDSParameters()
            start.prediction.localSum = .wideColumn
            let outcome = try CCSDSParameterSearch().run(image, from: start)
            let stream = try CCSDSEncoder.encode(image, parameters: outcome.parameters)
            let decoded = try CCSDSDecoder.decode(stream, maximumSampleCount: 100)
            #expect(decoded.image == image)
        }
    }

    @Test func `parameters survive JSON`() throws {
        let parameters = GoldenStreams.elaborate(.hybrid(initialAccumulator: 3))
        let json = try JSONEncoder().encode(parameters)
        #expect(try JSONDecoder().decode(CCSDSParameters.self, from: json) == parameters)
    }
}
