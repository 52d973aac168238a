import Basics
import CCSDS123
import Cube
import Foundation

/// A cube, or a part of one, as one stream of the public standard CCSDS 123.0-B-2, header and body
/// and nothing else: what other programs exchange.
public struct StandardStream: Sendable {
    /// The stream.
    public let bytes: [UInt8]
    /// Bits of the deepest sample (D).
    public let bitDepth: Int
    /// Whether samples are two's complement.
    public let isSigned: Bool
    /// Trial encodings that the parameters took; 0 where they were not searched.
    public let trialCount: Int
    /// The largest error found by decoding the stream; 0 where it is lossless.
    public let maximumAbsoluteError: Int

    /// Codes a block and decodes it again.
    ///
    /// - Parameters:
    ///   - block: whole numbers that fit 32 bits, of any sample type.
    ///   - bands: one description per band of the block.
    /// - Throws: ``CubeCodecError/notForTheStandard(reason:)`` where the standard cannot hold the
    ///   samples; ``CubeCodecError/standardStreamNotVerified(reason:)``; ``BasicsError/stopped``.
    public init(
        encoding block: SampleBlock, bands: [BandDescription], options: StandardStreamOptions,
        stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws {
        precondition(bands.count == block.bandCount, "one description per band")
        do {
            let image = try CCSDSImage(wholeNumbersOf: block)
            var parameters = CCSDSParameters(fidelity: .absolute(options.maximumError))
            parameters.restrict(to: image)
            if options.coder == .sampleAdaptive { parameters.entropyCoder = .firstOfItsKind }
            var trialCount = 0
            if options.searchesParameters {
                let search = CCSDSParameterSearch(trialSampleCount: 1_500_000)
                let outcome = try search.run(
                    image, from: parameters, stop: stop, progress: progress)
                (parameters, trialCount) = (outcome.parameters, outcome.trialCount)
            }
            parameters.encodingOrder = .init(options.order, bandCount: image.geometry.bands)
            bytes = try CCSDSEncoder.encode(
                image, parameters: parameters,
                supplementaryTables: options.writesWavelengths ? bands.standardTables : [],
                stop: stop, progress: progress)
            self.trialCount = trialCount
            bitDepth = image.bitDepth
            isSigned = image.isSigned
            maximumAbsoluteError = try Self.verified(
                bytes, image, bound: options.maximumError, stop: stop)
        } catch let error as CCSDSError {
            throw CubeCodecError.notForTheStandard(reason: error.description)
        }
    }

    /// Decodes what was encoded and compares every sample.
    private static func verified(
        _ bytes: [UInt8], _ image: CCSDSImage, bound: Int, stop: StopToken
    ) throws -> Int {
        let decoded = try CCSDSDecoder.decode(
            bytes, maximumSampleCount: image.geometry.sampleCount, stop: stop
        ).image
        var largest = 0
        for (truth, guess) in zip(image.values, decoded.values) where truth != guess {
            let error =
                image.isSigned
                ? Int(truth) - Int(guess)
                : Int(UInt32(bitPattern: truth)) - Int(UInt32(bitPattern: guess))
            largest = max(largest, abs(error))
        }
        guard largest <= bound, decoded.geometry == image.geometry else {
            throw CubeCodecError.standardStreamNotVerified(
                reason: "a sample came back off by \(largest)")
        }
        return largest
    }
}

extension CCSDSImage {
    /// The samples of a block of any type, where all are whole numbers that fit 32 bits.
    fileprivate init(wholeNumbersOf block: SampleBlock) throws {
        if block.sampleType.byteCount <= 4, !block.sampleType.isFloatingPoint {
            try self.init(block)
            return
        }
        let geometry = try CubeGeometry(
            lines: block.window.lines.count, samples: block.window.samples.count,
            bands: block.bandCount)
        let numbers = block.doubles()
        guard let least = numbers.min(), let most = numbers.max(),
            numbers.allSatisfy({ $0.isFinite && $0 == $0.rounded() }),
            least >= -0x1p31, most < (least < 0 ? 0x1p31 : 0x1p32)
        else {
            throw CCSDSError.unsupported(
                feature: "\(block.sampleType.rawValue) samples that are not whole numbers of "
                    + "at most 32 bits")
        }
        let isSigned = least < 0
        let values = numbers.map {
            isSigned ? Int32($0) : Int32(bitPattern: UInt32($0))
        }
        self.init(
            geometry: geometry, bitDepth: Self.bitDepth(holding: values, isSigned: isSigned),
            isSigned: isSigned, values: values)
    }
}

extension CCSDSParameters {
    /// Leaves out what the standard forbids for images one sample wide or 32 bits deep.
    fileprivate mutating func restrict(to image: CCSDSImage) {
        if image.geometry.samples == 1 {
            prediction.isFull = false
            prediction.localSum = .wideColumn
        }
    }
}

extension CCSDSEntropyCoder {
    /// The sample-adaptive coder with usual settings.
    fileprivate static var firstOfItsKind: CCSDSEntropyCoder {
        CCSDSEntropyCoder(
            method: .sampleAdaptive(accumulatorInitialization: .common(0)))
    }
}

extension CCSDSEncodingOrder {
    /// The standard's name of an interleave.
    fileprivate init(_ interleave: Interleave, bandCount: Int) {
        self =
            switch interleave {
            case .bsq: .bandSequential
            case .bil: .bandInterleaved(depth: 1)
            case .bip: .bandInterleaved(depth: bandCount)
            }
    }
}

extension [BandDescription] {
    /// Wavelengths and widths as the header's tables 2 and 3, binary32 numbers of nanometres; only
    /// those that every band has.
    fileprivate var standardTables: [CCSDSSupplementaryTable] {
        [(2, map(\.wavelengthNanometers)), (3, map(\.fwhmNanometers))].compactMap { pair in
            let numbers = pair.1.compactMap { $0 }
            guard numbers.count == count else { return nil }
            return CCSDSSupplementaryTable(
                purpose: pair.0,
                element: .float(significandBitCount: 23, exponentBitCount: 8, bias: 127),
                structure: .perBand, patterns: numbers.map { Float($0).bitPattern })
        }
    }
}
