import Basics
import Cube

/// Trial encodings of one image: counts them and keeps the parameters of the shortest stream.
struct ParameterTrials {
    private let image: CCSDSImage
    private let mask: CCSDSPixelMask?
    private let stop: StopToken
    private let progress: ProgressSink?
    /// The parameters of the shortest stream so far.
    private(set) var best: CCSDSParameters
    /// Its size.
    private(set) var bestByteCount: Int
    /// Trials so far.
    private(set) var count = 1

    /// Encodes with the first parameters, which must be valid.
    init(
        _ image: CCSDSImage, mask: CCSDSPixelMask?, start: CCSDSParameters, stop: StopToken,
        progress: ProgressSink?
    ) throws {
        self.image = image
        self.mask = mask
        self.stop = stop
        self.progress = progress
        best = start
        bestByteCount = try CCSDSEncoder.encode(
            image, parameters: start, mask: mask, stop: stop
        ).count
    }

    /// Whether directional differences and neighbour-oriented sums are ruled out.
    var isOneSampleWide: Bool { image.geometry.samples == 1 }

    /// Encodes with the best parameters after a change, and keeps the change if that is shorter.
    ///
    /// - Returns: whether it was; a change that makes the parameters invalid is none.
    @discardableResult
    mutating func attempt(_ change: (inout CCSDSParameters) -> Void) throws -> Bool {
        var parameters = best
        change(&parameters)
        parameters.dropTablesThatNoLongerFit(since: best)
        guard parameters != best, isValid(parameters) else { return false }
        let size = try CCSDSEncoder.encode(
            image, parameters: parameters, mask: mask, stop: stop
        ).count
        count += 1
        progress?(
            ProgressReport(
                activity: "searching", subject: "ccsds123", completedCount: count, totalCount: 0,
                unit: "trials", figures: ["bytes": Double(min(size, bestByteCount))]))
        guard size < bestByteCount else { return false }
        best = parameters
        bestByteCount = size
        return true
    }

    /// Moves one parameter along sorted values, downwards or else upwards, while streams get
    /// shorter.
    mutating func climb(
        _ parameter: WritableKeyPath<CCSDSParameters, Int>, over values: [Int]
    ) throws {
        let lower = values.filter { $0 < best[keyPath: parameter] }.reversed()
        let upper = values.filter { $0 > best[keyPath: parameter] }
        let start = best[keyPath: parameter]
        for value in lower {
            guard try attempt({ $0[keyPath: parameter] = value }) else { break }
        }
        guard best[keyPath: parameter] == start else { return }
        for value in upper {
            guard try attempt({ $0[keyPath: parameter] = value }) else { break }
        }
    }

    /// The weights after the image, encoded with the best parameters: [bands][C_z].
    func finalWeights() throws -> [[Int]] {
        let header = CCSDSHeader(
            geometry: image.geometry, bitDepth: image.bitDepth, isSigned: image.isSigned,
            parameters: best)
        var values = image.values
        return try PredictionPass(
            header, direction: .encoding, predictor: .fastest, mask: mask, stop: stop,
            progress: nil
        ).run(&values)
    }

    private func isValid(_ parameters: CCSDSParameters) -> Bool {
        let traits = ImageTraits(
            geometry: image.geometry, bitDepth: image.bitDepth, isSigned: image.isSigned)
        do {
            try parameters.validate(for: traits)
            return true
        } catch {
            return false
        }
    }
}
