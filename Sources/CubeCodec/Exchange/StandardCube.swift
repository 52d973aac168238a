import Basics
import CCSDS123
import Cube

/// A cube that was decoded from one stream of CCSDS 123.0-B-2, whoever wrote it.
public struct StandardCube: Sendable {
    /// The samples, in the narrowest integer type that ENVI has for the stream's bit depth and
    /// sign; wavelengths where the stream has them.
    public let cube: MemoryCube
    /// Bits of a sample (D).
    public let bitDepth: Int
    /// Whether samples are two's complement.
    public let isSigned: Bool
    /// Whether the stream declares every sample exact.
    public let isLossless: Bool

    /// The most samples that one byte of a stream stands for: a hostile header must not make a
    /// reader allocate more.
    private static let maximumSamplesPerByte = 2048

    /// Decodes a stream.
    ///
    /// - Throws: ``CubeCodecError/damagedStandardStream(reason:)``, or
    ///   ``CubeCodecError/notForTheStandard(reason:)`` where it uses what this program leaves out;
    ///   ``BasicsError/stopped``.
    public init(
        decoding bytes: [UInt8], stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws {
        do {
            let limit = bytes.count.multipliedReportingOverflow(by: Self.maximumSamplesPerByte)
            let (image, header) = try CCSDSDecoder.decode(
                bytes, maximumSampleCount: limit.overflow ? Int.max : limit.partialValue,
                stop: stop, progress: progress)
            bitDepth = header.bitDepth
            isSigned = header.isSigned
            isLossless = header.parameters.fidelity.isLossless
            let type = Self.sampleType(bitDepth: bitDepth, isSigned: isSigned)
            let block = try image.block(
                window: CubeWindow(whole: image.geometry),
                bandIndices: Array(0..<image.geometry.bands), sampleType: type)
            cube = MemoryCube(
                description: CubeDescription(
                    geometry: image.geometry, sampleType: type,
                    bands: header.bandDescriptions),
                bytes: block.bytes)
        } catch let error as CCSDSError {
            if error.exitStatus == .damaged {
                throw CubeCodecError.damagedStandardStream(reason: error.description)
            }
            throw CubeCodecError.notForTheStandard(reason: error.description)
        }
    }

    /// The narrowest type; there are no 8-bit signed samples in ENVI.
    private static func sampleType(bitDepth: Int, isSigned: Bool) -> SampleType {
        switch bitDepth {
        case ...8: isSigned ? .int16 : .uint8
        case ...16: isSigned ? .int16 : .uint16
        default: isSigned ? .int32 : .uint32
        }
    }
}

extension CCSDSHeader {
    /// What the tables tell about the bands: wavelengths and widths where they can be nanometres
    /// or, below 100, micrometres.
    fileprivate var bandDescriptions: [BandDescription] {
        let wavelengths = numbers(purpose: 2)
        let widths = numbers(purpose: 3)
        let scale = (wavelengths?.max() ?? 0) < 100 ? 1000.0 : 1
        return (0..<geometry.bands).map { band in
            BandDescription(
                wavelengthNanometers: wavelengths.map { $0[band] * scale },
                fwhmNanometers: wavelengths == nil ? nil : widths.map { $0[band] * scale })
        }
    }

    /// The numbers of the first table per band of a purpose; nil where there is none or it holds
    /// anything but positive numbers.
    private func numbers(purpose: Int) -> [Double]? {
        guard
            let table = supplementaryTables.first(where: {
                $0.purpose == purpose && $0.structure == .perBand
            })
        else { return nil }
        // Elements are floats of at most 32 bits: the shortest decimals that mean them read best.
        let numbers = table.patterns.indices.map { index in
            let number = table.number(at: index)
            return Double("\(Float(number))") ?? number
        }
        return numbers.allSatisfy { $0.isFinite && $0 > 0 } ? numbers : nil
    }
}
