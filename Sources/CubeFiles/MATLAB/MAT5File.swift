import Basics
import Cube

/// A MATLAB v5 file (versions 5 to 7, which deflates each variable), read by its published layout
/// ("MAT-File Format", The MathWorks).
///
/// It is read here rather than through matio for three reasons: matio hides the stored type, so
/// that uint16 samples of a `double` array would become four times as many bytes; it inflates a
/// variable from its start for every slab; and every length here is checked before it is believed.
///
/// A file is a 128-byte header and then elements: a type and a byte count of 4 bytes each, then the
/// bytes, padded to 8. A matrix element holds elements itself: flags, dimensions, name, values.
struct MAT5File: MATLABFile {
    let path: String
    let variables: [MATLABVariable]
    private let file: RandomAccessFile
    private let byteOrder: ByteOrder

    /// The element types of whole variables.
    private static let matrixType: UInt32 = 14
    private static let compressedType: UInt32 = 15

    /// Reads the headers of all variables of a file whose first 128 bytes are `header`.
    init(_ file: RandomAccessFile, byteOrder: ByteOrder) throws {
        self.file = file
        self.byteOrder = byteOrder
        path = file.path
        var variables: [MATLABVariable] = []
        var offset = 128
        let end = try file.byteCount()
        while offset < end {
            let (_, range) = try Self.element(of: file, at: offset, end: end, byteOrder)
            let header = try Self.open(file, at: offset, byteOrder).header
            if let variable = header.variable(elementOffset: offset) { variables.append(variable) }
            offset = range.upperBound
        }
        self.variables = variables
    }

    func forEachPiece(
        of variable: MATLABVariable,
        _ body: (_ firstColumn: Int, _ values: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let (stream, header) = try Self.open(file, at: variable.elementOffset, byteOrder)
        guard let storage = variable.storage else { return }
        if var inline = header.inlineValues {
            inline.withUnsafeMutableBytes { toLittleEndian($0, storage) }
            return try inline.withUnsafeBytes { try body(0, $0) }
        }
        let columnByteCount = variable.dimensions[0] * storage.byteCount
        guard columnByteCount > 0 else { return }
        let columnCount = variable.dimensions.dropFirst().reduce(1, *)
        let step = max(1, Self.pieceByteCount / columnByteCount)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(step, columnCount) * columnByteCount, alignment: 16)
        defer { buffer.deallocate() }
        for first in stride(from: 0, to: columnCount, by: step) {
            let count = min(step, columnCount - first)
            let piece = UnsafeMutableRawBufferPointer(
                rebasing: buffer[..<(count * columnByteCount)])
            try stream.read(into: piece)
            toLittleEndian(piece, storage)
            try body(first, UnsafeRawBufferPointer(piece))
        }
    }

    /// The type of the element at `offset` and the range of its bytes.
    private static func element(
        of file: RandomAccessFile, at offset: Int, end: Int, _ byteOrder: ByteOrder
    ) throws -> (type: UInt32, range: Range<Int>) {
        guard end - offset >= 8 else {
            throw ContainerError.unreadable(path: file.path, reason: "it ends within a variable")
        }
        let tag = MAT5Tag(try file.bytes(at: offset, byteCount: 8), byteOrder)
        let start = offset + 8
        guard tag.inlineValues == nil, tag.byteCount <= end - start else {
            throw ContainerError.unreadable(
                path: file.path,
                reason: "it is truncated: a variable of \(tag.byteCount) bytes begins at byte "
                    + "\(start) of \(end)")
        }
        return (tag.type, start..<start + tag.byteCount)
    }

    /// The stream of a variable's values, just behind its header, and the header.
    private static func open(
        _ file: RandomAccessFile, at offset: Int, _ byteOrder: ByteOrder
    ) throws -> (stream: MAT5Stream, header: MAT5Header) {
        let end = try file.byteCount()
        let (type, range) = try element(of: file, at: offset, end: end, byteOrder)
        let isDeflated = type == compressedType
        let stream = try MAT5Stream(file, range: range, isDeflated: isDeflated)
        let matrix =
            isDeflated
            ? MAT5Tag(try stream.read(8), byteOrder)
            : MAT5Tag(type: type, byteCount: range.count)
        guard matrix.type == matrixType else {
            throw ContainerError.unreadable(
                path: file.path, reason: "the element at byte \(offset) is no variable")
        }
        let header = try MAT5Header(
            reading: stream, matrixByteCount: matrix.byteCount, fileByteCount: end,
            byteOrder: byteOrder, path: file.path)
        return (stream, header)
    }

    private func toLittleEndian(
        _ bytes: UnsafeMutableRawBufferPointer, _ storage: MATLABStorageType
    ) {
        let size = storage.byteCount
        guard byteOrder == .bigEndian, size > 1 else { return }
        for start in stride(from: 0, to: bytes.count - size + 1, by: size) {
            for index in 0..<size / 2 {
                bytes.swapAt(start + index, start + size - 1 - index)
            }
        }
    }
}
