import Basics

/// The samples of a quantised block that its words do not give: nodata, non-finite samples, and
/// those that would come back too far away or as nodata. They are kept bit by bit.
///
/// In the stream: the number of runs, then per run the samples skipped since the last one and
/// 2 x length + kind (all as LEB128), then the raw little-endian samples of all runs of kind 1.
/// Kind 0 is a run of the nodata value.
struct SampleExceptions {
    private static let structure = "a block's exceptions"

    private var runs = ByteWriter()
    private var values: [UInt8] = []
    private var runCount = 0
    private var end = 0
    private var open: (start: Int, length: Int, isNodata: Bool)?
    /// The samples of closed runs, ascending; runs of both kinds that touch are one range.
    private(set) var ranges: [Range<Int>] = []

    /// Bytes that these exceptions take, roughly.
    var approximateByteCount: Int { runs.bytes.count + values.count }

    /// Adds the sample at `index`, which lies after all earlier ones; `bits` are its raw bits.
    mutating func add<Bits: FixedWidthInteger>(_ index: Int, isNodata: Bool, bits: Bits) {
        if let run = open, run.isNodata == isNodata, run.start + run.length == index {
            open = (run.start, run.length + 1, isNodata)
        } else {
            close()
            open = (index, 1, isNodata)
        }
        if !isNodata {
            withUnsafeBytes(of: bits.littleEndian) { values.append(contentsOf: $0) }
        }
    }

    private mutating func close() {
        guard let run = open else { return }
        runs.writeVariableLength(UInt64(run.start - end))
        runs.writeVariableLength(UInt64(run.length) << 1 | (run.isNodata ? 0 : 1))
        end = run.start + run.length
        runCount += 1
        if let last = ranges.last, last.upperBound == run.start {
            ranges[ranges.count - 1] = last.lowerBound..<end
        } else {
            ranges.append(run.start..<end)
        }
        open = nil
    }

    /// The same, with no run left open.
    func closed() -> SampleExceptions {
        var result = self
        result.close()
        return result
    }

    /// Closed exceptions as bytes; none at all where there are no exceptions.
    func encode() -> [UInt8] {
        guard runCount > 0 else { return [] }
        var writer = ByteWriter()
        writer.writeVariableLength(UInt64(runCount))
        return writer.bytes + runs.bytes + values
    }

    /// The positions of coded exceptions in a block, ascending.
    ///
    /// - Throws: ``BasicsError`` where the bytes reach outside the block.
    static func ranges(in bytes: [UInt8], sampleCount: Int) throws -> [Range<Int>] {
        guard !bytes.isEmpty else { return [] }
        var reader = ByteReader(bytes, structure: structure)
        return try runs(from: &reader, sampleCount: sampleCount).map(\.range)
    }

    private static func runs(
        from reader: inout ByteReader, sampleCount: Int
    ) throws -> [(range: Range<Int>, hasValues: Bool)] {
        var runs: [(range: Range<Int>, hasValues: Bool)] = []
        var position = 0
        for _ in 0..<(try reader.readVariableLength()) {
            let skip = try reader.readVariableLength()
            let code = try reader.readVariableLength()
            let length = code >> 1
            guard length > 0, skip <= sampleCount - position,
                length <= sampleCount - position - Int(skip)
            else { throw reader.malformed("a run reaches outside the block") }
            let start = position + Int(skip)
            position = start + Int(length)
            runs.append((start..<position, code & 1 == 1))
        }
        return runs
    }

    /// Puts coded exceptions into their places in `samples`, little-endian, [count].
    ///
    /// - Parameter nodata: the bits of the nodata value; nil where there is none.
    /// - Throws: ``BasicsError`` where the bytes reach outside the block or name a nodata value
    ///   that there is not.
    static func apply<Bits: FixedWidthInteger>(
        _ bytes: [UInt8], to samples: UnsafeMutableBufferPointer<Bits>, nodata: Bits?
    ) throws {
        guard !bytes.isEmpty else { return }
        var reader = ByteReader(bytes, structure: structure)
        for run in try runs(from: &reader, sampleCount: samples.count) {
            if run.hasValues {
                for index in run.range { samples[index] = try reader.read(Bits.self) }
            } else if let nodata {
                for index in run.range { samples[index] = nodata }
            } else {
                throw reader.malformed("a nodata run, but the cube has no nodata value")
            }
        }
        guard reader.remainingByteCount == 0 else { throw reader.malformed("bytes are left over") }
    }
}
