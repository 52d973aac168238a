import Basics
import Cube

/// Raw samples of a cube inside an open file, read by window.
///
/// Files are read with pread, never mapped: a file that shrinks while it is read must end in an
/// error, and a mapping would end in SIGBUS.
struct RawSampleFile: Sendable {
    let file: RandomAccessFile
    let geometry: CubeGeometry
    let sampleType: SampleType
    let order: SampleAxisOrder
    let byteOrder: ByteOrder
    /// Offset of the first sample.
    let offset: Int

    /// Reads a window of some bands, in at most 4 MiB at a time besides the block itself.
    func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try window.check(inside: geometry)
        try geometry.check(bandIndices: bandIndices)
        var block = SampleBlock(zeroed: window, bandIndices: bandIndices, sampleType: sampleType)
        guard !bandIndices.isEmpty else { return block }
        let transfer = SampleTransfer(
            order, geometry: geometry, sampleType: sampleType, window: window,
            bandIndices: bandIndices)
        var scratch: [UInt8] = []
        try block.bytes.withUnsafeMutableBytes { bytes in
            for position in 0..<transfer.outer.count {
                for span in transfer.spans {
                    try read(transfer, position, span, into: bytes, scratch: &scratch)
                }
            }
            if byteOrder == .bigEndian {
                ByteSwapping.swap(bytes, elementByteCount: sampleType.byteCount)
            }
        }
        return block
    }

    private func read(
        _ transfer: SampleTransfer, _ position: Int, _ span: Range<Int>,
        into block: UnsafeMutableRawBufferPointer, scratch: inout [UInt8]
    ) throws {
        let place = transfer.place(outerPosition: position, span: span)
        if let start = transfer.directBlockOffset(outerPosition: position, span: span) {
            let part = UnsafeMutableRawBufferPointer(
                rebasing: block[start..<start + place.byteCount])
            return try file.readFully(into: part, at: offset + place.offset)
        }
        if scratch.count < place.byteCount {
            scratch = [UInt8](repeating: 0, count: place.byteCount)
        }
        try scratch.withUnsafeMutableBytes { bytes in
            let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<place.byteCount])
            try file.readFully(into: part, at: offset + place.offset)
            transfer.scatter(
                UnsafeRawBufferPointer(part), outerPosition: position, span: span, into: block)
        }
    }
}
