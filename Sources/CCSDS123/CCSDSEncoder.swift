import Cube
import Basics

/// Compresses images into CCSDS 123.0-B-2 streams (February 2019).
///
/// The bytes depend on the image, the parameters and nothing else.
public enum CCSDSEncoder {
    /// Compresses an image.
    ///
    /// - Parameters:
    ///   - image: the samples.
    ///   - parameters: all choices that the standard leaves to the encoder.
    ///   - mask: the pixels that are coded, of a lossless image; those that are left out may hold
    ///   anything that the bit depth allows. With a mask the result is no stream of the standard,
    ///   only like one, and is decoded with the same mask.
    ///   - supplementaryTables: at most 15 tables for the header.
    ///   - userData: eight bits for the header.
    /// - Returns: header and body, a multiple of the output word size.
    /// - Throws: ``CCSDSError/invalidParameter(name:value:allowed:)`` and
    ///   ``CCSDSError/sampleOutOfRange(value:allowed:)``; ``BasicsError/stopped``.
    public static func encode(
        _ image: CCSDSImage, parameters: CCSDSParameters, mask: CCSDSPixelMask? = nil,
        supplementaryTables: [CCSDSSupplementaryTable] = [], userData: UInt8 = 0,
        stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> [UInt8] {
        let header = CCSDSHeader(
            userData: userData, geometry: image.geometry, bitDepth: image.bitDepth,
            isSigned: image.isSigned, supplementaryTables: supplementaryTables,
            parameters: parameters)
        return try encode(
            image, header: header, predictor: .fastest, mask: mask, stop: stop, progress: progress)
    }

    /// Compresses an image with a header that describes it, by a chosen predictor.
    package static func encode(
        _ image: CCSDSImage, header: CCSDSHeader, predictor: PredictorChoice,
        mask: CCSDSPixelMask? = nil, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> [UInt8] {
        precondition(
            mask.map { $0.fits(image.geometry) && header.parameters.fidelity.isLossless } ?? true,
            "a mask is for all pixels, and without loss")
        try header.validate()
        try header.parameters.fidelity.checkPeriods(lines: image.geometry.lines)
        try header.image.range.check(image.values)
        var indices = image.values
        try PredictionPass(
            header, direction: .encoding, predictor: predictor, mask: mask, stop: stop,
            progress: progress
        ).run(&indices)
        try stop.check()
        var bits = BitWriter()
        bits.reserve(byteCount: indices.count)
        header.write(to: &bits)
        if let mask {
            try writeBody(mask.codedPart(of: header), mask.gathered(indices), to: &bits)
        } else {
            try writeBody(header, indices, to: &bits)
        }
        bits.fill(toMultipleOf: header.parameters.outputWordByteCount)
        return bits.finished()
    }

    private static func writeBody(
        _ header: CCSDSHeader, _ indices: [Int32], to bits: inout BitWriter
    ) throws(CCSDSError) {
        switch header.parameters.entropyCoder.method {
        case .sampleAdaptive(let initialization):
            var coder = SampleAdaptiveEncoder(header, initialization: initialization)
            try forEachRun(header, indices, &bits) { run, band, bits in
                coder.encode(run, band, to: &bits)
            }
        case .hybrid(let initialAccumulator):
            var coder = HybridEncoder(header, initialAccumulator: initialAccumulator)
            try forEachRun(header, indices, &bits) { run, band, bits in
                coder.encode(run, band, to: &bits)
            }
            coder.writeTail(to: &bits)
        }
    }

    /// Calls `encode` for every run with all indices of its band, and writes the error limits of
    /// periodic updating between the lines.
    @inline(__always)
    private static func forEachRun(
        _ header: CCSDSHeader, _ indices: [Int32], _ bits: inout BitWriter,
        encode: (CodingRuns.Run, UnsafePointer<Int32>, inout BitWriter) -> Void
    ) throws(CCSDSError) {
        let fidelity = header.parameters.fidelity
        let pixelCount = header.geometry.pixelCount
        let runs = CodingRuns(
            geometry: header.geometry, order: header.parameters.encodingOrder)
        try indices.withUnsafeBufferPointer { all throws(CCSDSError) in
            guard let start = all.baseAddress else { return }
            try runs.forEach { line throws(CCSDSError) in
                writeLimits(fidelity, line: line, to: &bits)
            } run: { run throws(CCSDSError) in
                encode(run, start + run.band * pixelCount, &bits)
            }
        }
    }

    private static func writeLimits(
        _ fidelity: CCSDSFidelity, line: Int, to bits: inout BitWriter
    ) {
        guard let period = fidelity.updatePeriod(beginningAt: line) else { return }
        for limits in [fidelity.absolute, fidelity.relative].compactMap({ $0 }) {
            for value in limits.periods[period].values {
                bits.write(value, count: limits.bitDepth)
            }
        }
    }
}
