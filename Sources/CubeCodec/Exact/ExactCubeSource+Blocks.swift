import Basics
import Cube

/// Reading a cube from end to end, on several threads.
extension ExactCubeSource {
    /// Reads a window block by block: each block of the stream is decoded once, on one of several
    /// threads, and its part of the window is handed on in the order of the lines.
    ///
    /// - Parameters:
    ///   - threadCount: blocks decoded at once; one more may be in memory.
    ///   - onLoss: nil where a damaged block is an error. Otherwise it is told of each, and the
    ///     block is handed on filled with the nodata value, or with zeros where there is none.
    ///   - body: takes the parts, on the caller's thread.
    /// - Throws: as ``read(_:bandIndices:)``; what `body` and `onLoss` throw;
    ///   ``BasicsError/stopped``.
    public func readBlocks(
        _ window: CubeWindow, bandIndices: [Int],
        threadCount: Int = OrderedWork.processorCount, stop: StopToken = StopToken(),
        onLoss: ((LostRegion) throws -> Void)? = nil, body: (SampleBlock) throws -> Void
    ) throws {
        try window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: bandIndices)
        let parts = header.blocks.filter { $0.overlaps(window.lines) }.map { lines in
            CubeWindow(lines: lines.clamped(to: window.lines), samples: window.samples)
        }
        let salvages = onLoss != nil
        try OrderedWork.run(count: parts.count, threadCount: threadCount, stop: stop) { index in
            do {
                return (try self.read(parts[index], bandIndices: bandIndices), LostRegion?.none)
            } catch CubeCodecError.damagedBlock(_, let reason) where salvages {
                return (
                    self.filler(parts[index], bandIndices: bandIndices),
                    LostRegion(parts[index], bandIndices: bandIndices, reason: reason)
                )
            }
        } handOn: { _, result in
            if let region = result.1 { try onLoss?(region) }
            try body(result.0)
        }
    }

    /// What stands for samples that are lost.
    private func filler(_ window: CubeWindow, bandIndices: [Int]) -> SampleBlock {
        SampleBlock(
            filling: window, bandIndices: bandIndices, sampleType: description.sampleType,
            with: description.nodataValue ?? 0)
    }
}

extension SampleBlock {
    /// A block of one value everywhere; zeros where the type does not have the value.
    fileprivate init(
        filling window: CubeWindow, bandIndices: [Int], sampleType: SampleType, with value: Double
    ) {
        self.init(zeroed: window, bandIndices: bandIndices, sampleType: sampleType)
        switch sampleType {
        case .uint8: fill(UInt8(exactly: value))
        case .int16: fill(Int16(exactly: value))
        case .uint16: fill(UInt16(exactly: value))
        case .int32: fill(Int32(exactly: value))
        case .uint32: fill(UInt32(exactly: value))
        case .int64: fill(Int64(exactly: value))
        case .uint64: fill(UInt64(exactly: value))
        case .float32: fill(Float(value))
        case .float64: fill(value)
        }
    }

    private mutating func fill<Sample>(_ value: Sample?) {
        guard let value else { return }
        bytes.withUnsafeMutableBytes { raw in
            let samples = raw.assumingMemoryBound(to: Sample.self)
            for index in samples.indices { samples[index] = value }
        }
    }
}
