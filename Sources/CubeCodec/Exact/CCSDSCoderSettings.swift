import Basics
import CCSDS123
import Cube

/// What ``CCSDSCoder`` knows about a cube before it codes the first block: the standard's free
/// parameters, and the constant bands and bit depth for which they were found.
public struct CCSDSCoderSettings: Sendable, Hashable {
    /// Deepest images worth it: the fast predictor ends here, the other one is 20 times slower, and
    /// on floats the result is between 2 % shorter and a third longer than band differences.
    static let worthwhileBitDepth = 20

    private let parameters: CCSDSParameters
    /// The bands that varied in the sample; nil where there was none.
    private let codedBands: [Int]?
    /// Bit depth of the sample; nil where there was none.
    private let bitDepth: Int?

    /// Settings that suit most cubes.
    public init() {
        parameters = CCSDSParameters()
        codedBands = nil
        bitDepth = nil
    }

    /// Searches the best parameters for a sample of a cube's words, by some 35 trial encodings.
    ///
    /// A sample that tells nothing - constant, or too deep - leaves the settings
    /// that suit most cubes.
    ///
    /// - Parameter mask: pixels of the sample that blocks will leave out.
    /// - Throws: ``BasicsError/stopped``.
    public init(
        searchedOn sample: WordBlock, mask: CCSDSPixelMask? = nil, stop: StopToken = StopToken()
    ) throws {
        self.init()
        let ranges = sample.bandRanges()
        let bands = Self.varying(ranges)
        guard
            let image = try CCSDSCoder.image(
                of: sample, ranges, bands: bands, bitDepthLimit: Self.worthwhileBitDepth)?.content
        else { return }
        let search = CCSDSParameterSearch(trialSampleCount: image.values.count)
        let start = Self.allowed(CCSDSParameters(), samples: image.geometry.samples)
        let outcome = try search.run(image, mask: mask, from: start, stop: stop)
        self.init(
            parameters: outcome.parameters, codedBands: bands, bitDepth: image.bitDepth)
    }

    private init(parameters: CCSDSParameters, codedBands: [Int], bitDepth: Int) {
        self.parameters = parameters
        self.codedBands = codedBands
        self.bitDepth = bitDepth
    }

    /// Which bands of a block to code, and with what. Initial weights belong to the sample's bands:
    /// where one of the others varies in the block, they cannot be used.
    func plan(
        for ranges: [ClosedRange<Int64>]
    ) -> (codedBands: [Int], parameters: CCSDSParameters) {
        let varying = Self.varying(ranges)
        if let codedBands, !varying.isEmpty, Set(codedBands).isSuperset(of: varying) {
            return (codedBands, parameters)
        }
        var parameters = parameters
        parameters.prediction.weightInitialization = .standard
        return (varying, parameters)
    }

    /// A block's image, and parameters that are valid for it and mean what they meant for the
    /// sample: the standard counts the weights' rate of adaption from the bit depth.
    func fitted(
        _ image: CCSDSImage, parameters: CCSDSParameters
    ) -> (image: CCSDSImage, parameters: CCSDSParameters) {
        let depth = max(image.bitDepth, bitDepth ?? 0)
        var parameters = Self.allowed(parameters, samples: image.geometry.samples)
        let excess = depth - (bitDepth ?? depth)
        for exponent in [\CCSDSPrediction.firstExponent, \.lastExponent] {
            parameters.prediction[keyPath: exponent] = max(
                -6, parameters.prediction[keyPath: exponent] - excess)
        }
        let deepened = CCSDSImage(
            geometry: image.geometry, bitDepth: depth, isSigned: false, values: image.values)
        return (deepened, parameters)
    }

    private static func varying(_ ranges: [ClosedRange<Int64>]) -> [Int] {
        ranges.indices.filter { ranges[$0].lowerBound < ranges[$0].upperBound }
    }

    /// The parameters, with neighbours left out where images are one sample wide.
    private static func allowed(_ parameters: CCSDSParameters, samples: Int) -> CCSDSParameters {
        guard samples == 1,
            parameters.prediction.isFull || parameters.prediction.localSum.isNeighborOriented
        else { return parameters }
        var parameters = parameters
        parameters.prediction.isFull = false
        parameters.prediction.localSum = .wideColumn
        parameters.prediction.weightInitialization = .standard
        return parameters
    }
}
