import Basics
import CZlib

/// The bytes of one v5 element in order: straight from the file, or inflated.
///
/// Not thread-safe: a stream belongs to one reading.
final class MAT5Stream {
    private let file: RandomAccessFile
    /// The next byte of the file to be read, and the end of the element in the file.
    private var offset: Int
    private let end: Int
    /// Present where the element is deflated. On the heap, because zlib keeps its address.
    private let inflater: UnsafeMutablePointer<z_stream>?
    /// [inputByteCount] deflated bytes; `inflater.next_in` points into it.
    private let input: UnsafeMutableRawBufferPointer

    /// A stream over `range` of the file.
    init(_ file: RandomAccessFile, range: Range<Int>, isDeflated: Bool) throws {
        self.file = file
        offset = range.lowerBound
        end = range.upperBound
        input = .allocate(byteCount: isDeflated ? 1 << 16 : 0, alignment: 16)
        guard isDeflated else {
            inflater = nil
            return
        }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        inflater = stream
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit_(stream, ZLIB_VERSION, size) == Z_OK else {
            throw unreadable("zlib cannot start")
        }
    }

    deinit {
        if let inflater {
            inflateEnd(inflater)
            inflater.deallocate()
        }
        input.deallocate()
    }

    /// Fills the buffer.
    ///
    /// - Throws: ``ContainerError/unreadable(path:reason:)`` where the element ends first.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws {
        guard !buffer.isEmpty else { return }
        if let inflater {
            try inflate(inflater, into: buffer)
            return
        }
        guard buffer.count <= end - offset else { throw unreadable("a variable is cut short") }
        try file.readFully(into: buffer, at: offset)
        offset += buffer.count
    }

    /// The next `byteCount` bytes; the caller has bounded the count.
    func read(_ byteCount: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        try bytes.withUnsafeMutableBytes { try read(into: $0) }
        return bytes
    }

    private func inflate(
        _ stream: UnsafeMutablePointer<z_stream>, into buffer: UnsafeMutableRawBufferPointer
    ) throws {
        var done = 0
        while done < buffer.count {
            if stream.pointee.avail_in == 0 { try refill(stream) }
            // zlib counts in 32 bits.
            let wanted = min(buffer.count - done, 1 << 30)
            stream.pointee.next_out =
                (buffer.baseAddress! + done).assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(wanted)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            done += wanted - Int(stream.pointee.avail_out)
            let finished = status == Z_STREAM_END && done < buffer.count
            guard status == Z_OK || status == Z_STREAM_END, !finished else {
                throw unreadable("a compressed variable is damaged or cut short")
            }
        }
    }

    private func refill(_ stream: UnsafeMutablePointer<z_stream>) throws {
        let count = min(input.count, end - offset)
        guard count > 0 else { throw unreadable("a compressed variable is cut short") }
        try file.readFully(
            into: UnsafeMutableRawBufferPointer(rebasing: input[..<count]), at: offset)
        offset += count
        stream.pointee.next_in = input.baseAddress!.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
    }

    private func unreadable(_ reason: String) -> ContainerError {
        .unreadable(path: file.path, reason: reason)
    }
}
