import Basics
import CZlib

/// Inflates a whole gzip (or zlib) file, members one after another, in bounded memory. Padding
/// after the last member is ignored, as gzip itself does.
struct GzipInflater {
    /// Receives each inflated piece with its offset in the inflated file.
    typealias Consumer = (_ piece: UnsafeRawBufferPointer, _ offset: Int) throws -> Void

    private static let pieceByteCount = 1 << 18

    private let file: RandomAccessFile
    private let limit: Int
    private var stream = z_stream()
    private var output = [UInt8](repeating: 0, count: pieceByteCount)
    private var inflatedByteCount = 0
    private var memberByteCount = 0
    private var isMemberComplete = false
    private var isFinished = false

    /// Whether these are the first bytes of a gzip file.
    static func isMagic(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.prefix(2).elementsEqual([0x1F, 0x8B])
    }

    /// Inflates `file` and hands every piece to `consume`.
    ///
    /// - Parameter limit: inflating stops with an error beyond this many bytes, so that a small
    ///   hostile file cannot fill the disk.
    /// - Returns: the number of inflated bytes.
    /// - Throws: ``CubeFilesError/compressedStreamInvalid(path:reason:)``, or what `consume`
    ///   throws.
    @discardableResult
    static func inflate(_ file: RandomAccessFile, limit: Int, consume: Consumer) throws -> Int {
        var inflater = GzipInflater(file: file, limit: limit)
        let automaticHeaderWindowBits: Int32 = 15 + 32
        let started = inflateInit2_(
            &inflater.stream, automaticHeaderWindowBits, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(started == Z_OK, "zlib refused to start")
        defer { inflateEnd(&inflater.stream) }
        try inflater.run(consume)
        return inflater.inflatedByteCount
    }

    private init(file: RandomAccessFile, limit: Int) {
        self.file = file
        self.limit = limit
    }

    private mutating func run(_ consume: Consumer) throws {
        var input = [UInt8](repeating: 0, count: Self.pieceByteCount)
        var offset = 0
        while !isFinished {
            let count = try input.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
            if count == 0 { break }
            offset += count
            try input.withUnsafeMutableBytes { bytes in
                stream.next_in = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
                stream.avail_in = UInt32(count)
                try drain(consume)
            }
        }
        let isPadding = memberByteCount == 0 && inflatedByteCount > 0
        guard isMemberComplete || isPadding else {
            throw invalid("it ends in its middle, after \(inflatedByteCount) bytes")
        }
    }

    /// Inflates all of the present input.
    private mutating func drain(_ consume: Consumer) throws {
        var isOutputFull = false
        while !isFinished && (stream.avail_in > 0 || isOutputFull) {
            let status = try step(consume)
            isOutputFull = stream.avail_out == 0
            switch status {
            case Z_STREAM_END:
                isMemberComplete = true
                memberByteCount = 0
                inflateReset(&stream)
            case Z_OK: isMemberComplete = false
            case Z_BUF_ERROR: return
            default:
                guard memberByteCount == 0, inflatedByteCount > 0 else {
                    throw invalid(stream.msg.map { String(cString: $0) } ?? "status \(status)")
                }
                isFinished = true
            }
        }
    }

    private mutating func step(_ consume: Consumer) throws -> Int32 {
        let (status, count) = output.withUnsafeMutableBytes { bytes in
            stream.next_out = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
            stream.avail_out = UInt32(bytes.count)
            let status = CZlib.inflate(&stream, Z_NO_FLUSH)
            return (status, bytes.count - Int(stream.avail_out))
        }
        guard inflatedByteCount + count <= limit else {
            throw invalid("it holds more than \(limit) bytes")
        }
        try output.withUnsafeBytes { bytes in
            let piece = UnsafeRawBufferPointer(rebasing: bytes[..<count])
            if count > 0 { try consume(piece, inflatedByteCount) }
        }
        inflatedByteCount += count
        memberByteCount += count
        return status
    }

    private func invalid(_ reason: String) -> CubeFilesError {
        .compressedStreamInvalid(path: file.path, reason: reason)
    }
}
