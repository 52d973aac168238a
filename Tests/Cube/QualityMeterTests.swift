import Cube
import TestSupport
import Testing

@Suite struct QualityMeterTests {
    @Test func `meters of a cube's parts add up to the meter of the whole`() throws {
        let truth = try MemoryCube.random(
            lines: 7, samples: 5, bands: 4, sampleType: .uint16, seed: 1)
        let guess = try MemoryCube.random(
            lines: 7, samples: 5, bands: 4, sampleType: .uint16, seed: 2)
        func meter(_ lines: Range<Int>) throws -> QualityMeter {
            var meter = QualityMeter(nodataValue: nil, includedBands: [0, 2, 3])
            meter.add(
                original: try truth.read(lines: lines), reconstruction: try guess.read(lines: lines)
            )
            return meter
        }
        var sum = QualityMeter(nodataValue: nil, includedBands: [0, 2, 3])
        for lines in [0..<3, 3..<4, 4..<7] { sum.add(try meter(lines)) }
        let (whole, parts) = (try meter(0..<7).quality, sum.quality)
        #expect(parts.validSampleCount == 7 * 5 * 3)
        #expect(parts.validSampleCount == whole.validSampleCount)
        #expect(parts.maximumAbsoluteError == whole.maximumAbsoluteError)
        let errors = (parts.meanSquaredError, whole.meanSquaredError)
        #expect(abs(errors.0 - errors.1) < 1e-12 * errors.1)
        let decibels = (try #require(parts.psnrDecibels), try #require(whole.psnrDecibels))
        #expect(abs(decibels.0 - decibels.1) < 1e-9)
        let angles = (
            try #require(parts.meanSpectralAngleDegrees),
            try #require(whole.meanSpectralAngleDegrees)
        )
        #expect(abs(angles.0 - angles.1) < 1e-9)
    }
}
