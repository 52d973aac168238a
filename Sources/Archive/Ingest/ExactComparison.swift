import Cube
import CubeCodec

/// Proves a decoded block against the source's: bit for bit, or within the bound its owner chose,
/// as docs/FORMAT.md promises it for exact streams.
package struct ExactComparison {
    private let nodataValue: Double?
    private let fidelity: Fidelity

    /// A comparison for cubes of a description.
    package init(description: CubeDescription, fidelity: Fidelity) {
        nodataValue = description.nodataValue
        self.fidelity = fidelity
    }

    /// The largest absolute error in the block; 0 where it is exact.
    ///
    /// - Throws: ``ComparisonFailure`` where a sample is too far away, where one that must come
    ///   back bit for bit does not (nodata, what is not finite), and where another became nodata.
    package func largestError(
        _ original: SampleBlock, _ decoded: SampleBlock
    ) throws(ComparisonFailure) -> Double {
        guard
            original.window == decoded.window && original.bandIndices == decoded.bandIndices
                && original.sampleType == decoded.sampleType
        else { throw ComparisonFailure(reason: "blocks of different places or types") }
        if original.bytes == decoded.bytes { return 0 }
        switch fidelity {
        case .lossless, .latent:
            throw ComparisonFailure(reason: "samples of lines \(original.window.lines) differ")
        case .maximumError, .maximumRelativeError: break
        }
        return switch original.sampleType {
        case .uint8: try integers(UInt8.self, original, decoded)
        case .int16: try integers(Int16.self, original, decoded)
        case .uint16: try integers(UInt16.self, original, decoded)
        case .int32: try integers(Int32.self, original, decoded)
        case .uint32: try integers(UInt32.self, original, decoded)
        case .int64: try integers(Int64.self, original, decoded)
        case .uint64: try integers(UInt64.self, original, decoded)
        case .float32: try floats(Float.self, original, decoded) { $0.bitPattern == $1.bitPattern }
        case .float64: try floats(Double.self, original, decoded) { $0.bitPattern == $1.bitPattern }
        }
    }

    /// Integers by differences of integers, since doubles do not tell large ones apart.
    private func integers<Sample: FixedWidthInteger>(
        _: Sample.Type, _ original: SampleBlock, _ decoded: SampleBlock
    ) throws(ComparisonFailure) -> Double {
        let nodata = nodataValue.flatMap { Sample(exactly: $0) }
        return try largestError(original, decoded) { (truth: Sample, guess: Sample) in
            if truth == guess { return .same }
            if truth == nodata { return .notKept }
            if guess == nodata { return .becameNodata }
            let distance = truth > guess ? truth &- guess : guess &- truth
            // A difference that its signed type cannot hold is right as an unsigned number.
            let error = UInt64(Sample.Magnitude(truncatingIfNeeded: distance))
            let isWithin = error <= limit(ofMagnitude: UInt64(truth.magnitude))
            return .off(Double(error), isWithin: isWithin)
        }
    }

    private func floats<Sample: BinaryFloatingPoint>(
        _: Sample.Type, _ original: SampleBlock, _ decoded: SampleBlock,
        isSame: (Sample, Sample) -> Bool
    ) throws(ComparisonFailure) -> Double {
        try largestError(original, decoded) { (truth: Sample, guess: Sample) in
            if isSame(truth, guess) { return .same }
            let (number, decodedNumber) = (Double(truth), Double(guess))
            if number == nodataValue || !number.isFinite { return .notKept }
            if decodedNumber == nodataValue { return .becameNodata }
            let error = abs(number - decodedNumber)
            // An error that is no number is within nothing.
            return .off(error, isWithin: error <= limit(ofMagnitude: abs(number)))
        }
    }

    private func largestError<Sample>(
        _ original: SampleBlock, _ decoded: SampleBlock,
        _ compare: (Sample, Sample) -> SampleDifference
    ) throws(ComparisonFailure) -> Double {
        var largest = 0.0
        var failed: (position: Int, difference: SampleDifference)?
        original.bytes.withUnsafeBytes { rawTruth in
            decoded.bytes.withUnsafeBytes { rawGuess in
                let truth = rawTruth.assumingMemoryBound(to: Sample.self)
                let guess = rawGuess.assumingMemoryBound(to: Sample.self)
                for position in truth.indices {
                    let difference = compare(truth[position], guess[position])
                    switch difference {
                    case .same: continue
                    case .off(let error, isWithin: true): largest = max(largest, error)
                    default:
                        failed = (position, difference)
                        return
                    }
                }
            }
        }
        if let failed { throw failure(failed.difference, at: failed.position, of: original) }
        return largest
    }

    /// The largest error of an integer sample, in whole units.
    private func limit(ofMagnitude magnitude: UInt64) -> UInt64 {
        switch fidelity {
        case .maximumError(let bound): UInt64(exactly: bound.rounded(.down)) ?? .max
        case .maximumRelativeError where magnitude > UInt64(UInt32.max):
            // Only 64-bit integers are so large, and they are stored exactly.
            0
        case .maximumRelativeError: UInt64(limit(ofMagnitude: Double(magnitude)))
        case .lossless, .latent: 0
        }
    }

    private func limit(ofMagnitude magnitude: Double) -> Double {
        switch fidelity {
        case .maximumError(let bound): bound
        case .maximumRelativeError(let percent): percent / 100 * magnitude
        case .lossless, .latent: 0
        }
    }

    private func failure(
        _ difference: SampleDifference, at position: Int, of block: SampleBlock
    ) -> ComparisonFailure {
        let band = block.bandIndices[position / block.window.pixelCount]
        let reason =
            switch difference {
            case .same: "came back"
            case .notKept: "is nodata or not finite, and came back as something else"
            case .becameNodata: "came back as nodata"
            case .off(let error, _): "is off by \(error), more than \(fidelity) allows"
            }
        return ComparisonFailure(reason: "a sample of band index \(band) \(reason)")
    }
}

/// What a sample came back as.
private enum SampleDifference {
    case same
    case off(Double, isWithin: Bool)
    case notKept
    case becameNodata
}
