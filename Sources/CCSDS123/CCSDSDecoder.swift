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
    /// - Returns: the image - exact, or each sample the middle of its quantizer bin - and the
    ///   header.
    /// - Throws: ``CCSDSError``; ``BasicsError/stopped``.
    public static func decode(
        _ bytes: [UInt8], maximumSampleCount: Int, stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> (image: CCSDSImage, header: CCSDSHeader) {
        try decode(
            bytes, maximumSampleCount: maximumSampleCount, predictor: .fastest, stop: stop,
            progress: progress)
    }

    /// Decompresses a stream by a chosen predictor.
    package static func decode(
        _ bytes: [UInt8], maximumSampleCount: Int, predictor: PredictorChoice,
        stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> (image: CCSDSImage, header: CCSDSHeader) {
        var bits = BitReader(bytes)
        var header = try CCSDSHeader.read(from: &bits, maximumSampleCount: maximumSampleCount)
        let geometry = header.geometry
        let wordByteCount = header.parameters.outputWordByteCount
        guard bytes.count % wordByteCount == 0 else {
            throw CCSDSError.truncated(part: "its last output word")
        }
        var values = try BodyDecoder(bytes, bodyOffset: bits.position / 8).decode(&header)
        try stop.check()
        try PredictionPass(
            header, direction: .decoding, predictor: predictor, stop: stop, progress: progress
        ).run(&values)
        let image = CCSDSImage(
            geometry: geometry, bitDepth: header.bitDepth, isSigned: header.isSigned,
            values: values)
        return (image, header)
    }
}
