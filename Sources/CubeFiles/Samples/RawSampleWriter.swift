import Basics
import Cube
import Synchronization

/// Writes blocks of samples, in any order, to their places in an open file.
///
/// Safe from several threads: writes take turns, because one that shares a span with its
/// neighbours' samples has to read it, change it and write it back.
final class RawSampleWriter: Sendable {
    let file: RandomAccessFile
    let geometry: CubeGeometry
    let sampleType: SampleType
    private let order: SampleAxisOrder
    private let byteOrder: ByteOrder
    private let offset: Int
    private let writtenSampleCount = Mutex(0)

    init(
        file: RandomAccessFile, geometry: CubeGeometry, sampleType: SampleType,
        order: SampleAxisOrder, byteOrder: ByteOrder, offset: Int
    ) {
        self.file = file
        self.geometry = geometry
        self.sampleType = sampleType
        self.order = order
        self.byteOrder = byteOrder
        self.offset = offset
    }

    /// Writes one block to its place.
    func write(_ block: SampleBlock) throws {
        precondition(block.sampleType == sampleType, "a file holds one type of samples")
        try block.window.check(inside: geometry)
        try geometry.check(bandIndices: block.bandIndices)
        guard block.bandCount > 0 else { return }
        let transfer = SampleTransfer(
            order, geometry: geometry, sampleType: sampleType, window: block.window,
            bandIndices: block.bandIndices)
        var bytes = block.bytes
        if byteOrder == .bigEndian {
            bytes.withUnsafeMutableBytes {
                ByteSwapping.swap($0, elementByteCount: sampleType.byteCount)
            }
        }
        try writtenSampleCount.withLock { count in
            try bytes.withUnsafeBytes { try write($0, transfer) }
            count += block.sampleCount
        }
    }

    /// Requires that as many samples were written as the cube has.
    func checkComplete() throws(CubeFilesError) {
        let count = writtenSampleCount.withLock { $0 }
        guard count >= geometry.sampleCount else {
            throw .writeIncomplete(
                path: file.path, expectedSampleCount: geometry.sampleCount,
                writtenSampleCount: count)
        }
    }

    private func write(_ block: UnsafeRawBufferPointer, _ transfer: SampleTransfer) throws {
        var scratch: [UInt8] = []
        for position in 0..<transfer.outer.count {
            for span in transfer.spans {
                try write(block, transfer, position, span, scratch: &scratch)
            }
        }
    }

    private func write(
        _ block: UnsafeRawBufferPointer, _ transfer: SampleTransfer, _ position: Int,
        _ span: Range<Int>, scratch: inout [UInt8]
    ) throws {
        let place = transfer.place(outerPosition: position, span: span)
        if let start = transfer.directBlockOffset(outerPosition: position, span: span) {
            let part = UnsafeRawBufferPointer(rebasing: block[start..<start + place.byteCount])
            return try file.write(part, at: offset + place.offset)
        }
        if scratch.count < place.byteCount {
            scratch = [UInt8](repeating: 0, count: place.byteCount)
        }
        try scratch.withUnsafeMutableBytes { bytes in
            let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<place.byteCount])
            if !transfer.isDense(span) {
                let count = try file.read(into: part, at: offset + place.offset)
                UnsafeMutableRawBufferPointer(rebasing: part[count...]).initializeMemory(
                    as: UInt8.self, repeating: 0)
            }
            transfer.gather(block, outerPosition: position, span: span, into: part)
            try file.write(UnsafeRawBufferPointer(part), at: offset + place.offset)
        }
    }
}
