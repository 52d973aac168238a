import Cube
import Basics

/// Decompresses CCSDS 123.0-B-2 streams (February 2019).
///
/// Streams may be hostile: every failure is an error, nothing of the image's size is allocated
/// before the body is known to be long enough for it, and no single allocation is larger than 4
/// bytes per sample, or 4 MiB for images of one line of 8-bit samples.
public enum CCSDSDecoder {
    /// Decompresses a stream.
    ///
    /// - Parameters:
    ///   - bytes: the whole stream and nothing else.
    ///   - maximumSampleCount: streams that declare more samples are refused before anything of
    ///     their size is allocated.
    ///   - mask: the one that the image was compressed with. The whole image is then allocated once
    ///     the body is known to be long enough for the pixels that are coded; what is left out
    ///     means nothing.
    /// - Returns: the image - exact, or each sample the middle of its quantizer bin - and the
    ///   header.
    /// - Throws: ``CCSDSError``; ``BasicsError/stopped``.
    public static func decode(
        _ bytes: [UInt8], maximumSampleCount: Int, mask: CCSDSPixelMask? = nil,
        stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> (image: CCSDSImage, header: CCSDSHeader) {
        try decode(
            bytes, maximumSampleCount: maximumSampleCount, predictor: .fastest, mask: mask,
            stop: stop, progress: progress)
    }

    /// Decompresses a stream by a chosen predictor.
    package static func decode(
        _ bytes: [UInt8], maximumSampleCount: Int, predictor: PredictorChoice,
        mask: CCSDSPixelMask? = nil, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> (image: CCSDSImage, header: CCSDSHeader) {
        var bits = BitReader(bytes)
        var header = try CCSDSHeader.read(
            from: &bits, maximumSampleCount: maximumSampleCount, codedPixelCount: mask?.codedCount)
        let geometry = header.geometry
        let wordByteCount = header.parameters.outputWordByteCount
        guard bytes.count % wordByteCount == 0 else {
            throw CCSDSError.truncated(part: "its last output word")
        }
        let body = BodyDecoder(bytes, bodyOffset: bits.position / 8)
        var values = try indices(in: body, &header, mask)
        try stop.check()
        try PredictionPass(
            header, direction: .decoding, predictor: predictor, mask: mask, stop: stop,
            progress: progress
        ).run(&values)
        let image = CCSDSImage(
            geometry: geometry, bitDepth: header.bitDepth, isSigned: header.isSigned,
            values: values)
        return (image, header)
    }

    /// Mapped quantizer indices, [bands][lines][samples]; those of pixels that are left out are 0.
    private static func indices(
        in body: BodyDecoder, _ header: inout CCSDSHeader, _ mask: CCSDSPixelMask?
    ) throws -> [Int32] {
        guard let mask else { return try body.decode(&header) }
        guard mask.fits(header.geometry), header.parameters.fidelity.isLossless else {
            throw CCSDSError.malformed(reason: "it is not of the pixels that are kept")
        }
        var coded = try mask.codedPart(of: header)
        return mask.scattered(try body.decode(&coded))
    }
}
