import Cube

/// Decodes a stream's body to mapped quantizer indices, [bands][lines][samples].
struct BodyDecoder {
    private let bytes: [UInt8]
    private let bodyOffset: Int

    /// The body of `bytes`, which begins at a byte offset.
    init(_ bytes: [UInt8], bodyOffset: Int) {
        self.bytes = bytes
        self.bodyOffset = bodyOffset
    }

    /// Decodes all indices; where limits travel in the body, they are put into the header.
    func decode(_ header: inout CCSDSHeader) throws(CCSDSError) -> [Int32] {
        let pixelCount = header.geometry.pixelCount
        guard
            Self.leastBitCount(header, pixelCount: pixelCount) <= (bytes.count - bodyOffset) * 8
        else {
            throw .truncated(part: "its body")
        }
        switch header.parameters.entropyCoder.method {
        case .sampleAdaptive(let initialization):
            return try decodeForward(&header, initialization)
        case .hybrid: return try decodeBackward(&header)
        }
    }

    /// Bits that a body of so many pixels needs at least.
    static func leastBitCount(_ header: CCSDSHeader, pixelCount: Int) -> Int {
        switch header.parameters.entropyCoder.method {
        case .sampleAdaptive:
            SampleAdaptiveDecoder.leastBitCount(header.image, pixelCount: pixelCount)
        case .hybrid: HybridDecoder.leastBitCount(header.image, pixelCount: pixelCount)
        }
    }

    private func decodeForward(
        _ header: inout CCSDSHeader, _ initialization: CCSDSBandValue
    ) throws(CCSDSError) -> [Int32] {
        var bits = BitReader(bytes, byteOffset: bodyOffset)
        var coder = SampleAdaptiveDecoder(header, initialization: initialization)
        var limits = LimitsInBody(header)
        let pixelCount = header.geometry.pixelCount
        let runs = CodingRuns(geometry: header.geometry, order: header.parameters.encodingOrder)
        var indices = [Int32](repeating: 0, count: header.geometry.sampleCount)
        try indices.withUnsafeMutableBufferPointer { all throws(CCSDSError) in
            guard let start = all.baseAddress else { return }
            try runs.forEach { line throws(CCSDSError) in
                limits.readForward(line: line) { bits.take($0) }
            } run: { run throws(CCSDSError) in
                try coder.decode(run, start + run.band * pixelCount, from: &bits)
            }
        }
        limits.finish(&header)
        guard bits.remainingBitCount < 8 * header.parameters.outputWordByteCount else {
            throw .malformed(reason: "bytes follow its body")
        }
        while bits.remainingBitCount > 0 {
            guard bits.take(1) == 0 else { throw .malformed(reason: "fill bits are not zero") }
        }
        return indices
    }

    private func decodeBackward(_ header: inout CCSDSHeader) throws(CCSDSError) -> [Int32] {
        var bits = ReverseBitReader(bytes, downToByte: bodyOffset)
        var coder = try HybridDecoder(header, from: &bits)
        var limits = LimitsInBody(header)
        let pixelCount = header.geometry.pixelCount
        let runs = CodingRuns(geometry: header.geometry, order: header.parameters.encodingOrder)
        var indices = [Int32](repeating: 0, count: header.geometry.sampleCount)
        try indices.withUnsafeMutableBufferPointer { all throws(CCSDSError) in
            guard let start = all.baseAddress else { return }
            try runs.forEachReversed { line throws(CCSDSError) in
                limits.readBackward(line: line) { bits.take($0) }
            } run: { run throws(CCSDSError) in
                try coder.decode(run, start + run.band * pixelCount, from: &bits)
            }
        }
        limits.finish(&header)
        try coder.finish(bits)
        return indices
    }
}
