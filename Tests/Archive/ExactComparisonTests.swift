import Archive
import Cube
import CubeCodec
import Testing

struct ExactComparisonTests {
    /// Compares one line of samples with what came back for them.
    private func largestError<Sample>(
        _ type: SampleType, _ fidelity: Fidelity, nodata: Double? = nil, _ truth: [Sample],
        _ guess: [Sample]
    ) throws -> Double {
        let geometry = try CubeGeometry(lines: 1, samples: truth.count, bands: 1)
        func block(_ values: [Sample]) -> SampleBlock {
            SampleBlock(
                window: CubeWindow(whole: geometry), bandIndices: [0], sampleType: type,
                bytes: values.withUnsafeBytes { Array($0) })
        }
        let description = CubeDescription(
            geometry: geometry, sampleType: type, nodataValue: nodata)
        return try ExactComparison(description: description, fidelity: fidelity)
            .largestError(block(truth), block(guess))
    }

    @Test func `errors within the bound are measured`() throws {
        let values: [Int16] = [0, 100, -32768, 32767]
        #expect(try largestError(.int16, .maximumError(2.5), values, [2, 99, -32768, 32766]) == 2)
        #expect(
            try largestError(.float32, .maximumError(0.5), [Float(1), 2], [1.25, 2]) == 0.25)
        let percent = Fidelity.maximumRelativeError(percent: 1)
        #expect(try largestError(.int16, percent, [Int16(-300), 7], [-303, 7]) == 3)
        #expect(throws: ComparisonFailure.self) {
            try largestError(.int16, percent, [Int16(-300), 7], [-304, 7])
        }
    }

    @Test func `whatever is off by more than the bound is refused`() {
        for fidelity in [Fidelity.lossless, .maximumError(2.9)] {
            #expect(throws: ComparisonFailure.self) {
                try largestError(.int16, fidelity, [Int16(5), 6], [5, 9])
            }
        }
        // Half of the type's range more than its signed numbers hold.
        #expect(throws: ComparisonFailure.self) {
            try largestError(.int16, .maximumError(300), [Int16.min], [Int16.max])
        }
        #expect(throws: ComparisonFailure.self) {
            try largestError(.float64, .maximumError(300), [1.0], [Double.nan])
        }
    }

    @Test func `64-bit integers are told apart where doubles do not tell them apart`() throws {
        let large = Int64(1) << 60
        #expect(throws: ComparisonFailure.self) {
            try largestError(.int64, .maximumError(2), [large], [large + 3])
        }
        #expect(try largestError(.int64, .maximumError(2), [large], [large + 2]) == 2)
        #expect(throws: ComparisonFailure.self) {
            try largestError(.uint64, .maximumError(1), [UInt64.max], [UInt64.max - 2])
        }
        let percent = Fidelity.maximumRelativeError(percent: 1)
        #expect(throws: ComparisonFailure.self) {
            try largestError(.int64, percent, [large], [large + 1])
        }
    }

    @Test func `NaN with another payload is refused`() throws {
        let payload = Float(bitPattern: 0x7FC0_1234)
        #expect(throws: ComparisonFailure.self) {
            try largestError(.float32, .maximumError(1), [payload, 1], [Float.nan, 1.5])
        }
        #expect(try largestError(.float32, .maximumError(1), [payload, 1], [payload, 1.5]) == 0.5)
        #expect(throws: ComparisonFailure.self) {
            try largestError(.float64, .maximumError(1e300), [Double.infinity], [1.0])
        }
    }

    @Test func `nodata stays nodata, and nothing else becomes it`() {
        let bound = Fidelity.maximumError(2)
        #expect(throws: ComparisonFailure.self) {
            try largestError(.int16, bound, nodata: -9999, [Int16(-9999)], [-9998])
        }
        #expect(throws: ComparisonFailure.self) {
            try largestError(.int16, bound, nodata: -9999, [Int16(-9998)], [-9999])
        }
        #expect(throws: ComparisonFailure.self) {
            try largestError(.float32, bound, nodata: -9999, [Float(-9998)], [-9999])
        }
        // Minus zero is nodata where zero is, and comes back as itself.
        #expect(throws: ComparisonFailure.self) {
            try largestError(.float32, bound, nodata: 0, [Float(-0.0)], [0])
        }
    }
}
