import Cube
import CubeCodec

/// Why two blocks that should agree do not.
struct ComparisonFailure: Error {
    let reason: String
}

/// Proves a decoded block against the source's: bit for bit, or within the bound its owner chose.
struct ExactComparison {
    let description: CubeDescription
    let fidelity: Fidelity

    /// The largest absolute error in the block; 0 where it is exact.
    ///
    /// - Throws: ``ComparisonFailure`` where the promise does not hold.
    func largestError(_ original: SampleBlock, _ decoded: SampleBlock) throws -> Double {
        if original.bytes == decoded.bytes { return 0 }
        let (absolute, relative) = bounds
        guard absolute > 0 || relative > 0 else {
            throw ComparisonFailure(reason: "samples of lines \(original.window.lines) differ")
        }
        var largest = 0.0
        for band in 0..<original.bandCount {
            let truth = original.plane(ofBandAt: band)
            let guess = decoded.plane(ofBandAt: band)
            for pixel in truth.indices where truth[pixel] != guess[pixel] {
                if truth[pixel].isNaN && guess[pixel].isNaN { continue }
                let error = abs(truth[pixel] - guess[pixel])
                let bound = absolute + relative * abs(truth[pixel])
                let isExactValue =
                    !truth[pixel].isFinite || truth[pixel] == description.nodataValue
                guard error <= bound, !isExactValue else {
                    throw ComparisonFailure(
                        reason: "a sample of band index \(original.bandIndices[band]) is off by "
                            + "\(error), and the bound is \(bound)")
                }
                largest = max(largest, error)
            }
        }
        return largest
    }

    /// The largest error in data units, and as a fraction of each sample; one of them is 0.
    private var bounds: (absolute: Double, relative: Double) {
        switch fidelity {
        case .lossless, .latent: (0, 0)
        case .maximumError(let bound): (bound, 0)
        case .maximumRelativeError(let percent): (0, percent / 100)
        }
    }
}
