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
        open = nil
    }

    /// The exceptions as bytes; none at all where there are no exceptions.
    consuming func encode() -> [UInt8] {
        close()
        guard runCount > 0 else { return [] }
        var writer = ByteWriter()
        writer.writeVariableLength(UInt64(runCount))
        return writer.bytes + runs.bytes + values
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
        var runs: [(range: Range<Int>, hasValues: Bool)] = []
        var position = 0
        for _ in 0..<(try reader.readVariableLength()) {
            let skip = try reader.readVariableLength()
            let code = try reader.readVariableLength()
            let length = code >> 1
            guard length > 0, skip <= samples.count - position,
                length <= samples.count - position - Int(skip)
            else { throw reader.malformed("a run reaches outside the block") }
            let start = position + Int(skip)
            position = start + Int(length)
            runs.append((start..<position, code & 1 == 1))
        }
        for run in runs {
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
