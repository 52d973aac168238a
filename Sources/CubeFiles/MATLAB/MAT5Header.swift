import Cube

/// What stands before the values of a v5 matrix element: flags, dimensions, name and the values'
/// tag.
struct MAT5Header {
    private let flags: UInt32
    private let dimensions: [Int]
    private let name: String
    /// The stored type; nil where the class is not a numeric array.
    private let storage: MATLABStorageType?
    /// The values, where they are so few that they stand in their own tag.
    let inlineValues: [UInt8]?

    private static let mostDimensions = 32
    private static let longestNameByteCount = 4_096
    private static let opaqueClass: UInt32 = 17

    /// Reads a header and leaves the stream at the first value.
    init(
        reading stream: MAT5Stream, matrixByteCount: Int, fileByteCount: Int,
        byteOrder: ByteOrder, path: String
    ) throws {
        func malformed(_ reason: String) -> ContainerError {
            .unreadable(path: path, reason: "a variable is malformed: \(reason)")
        }
        func element(_ what: String, ofAtMost most: Int) throws -> [UInt8] {
            let tag = MAT5Tag(try stream.read(8), byteOrder)
            guard tag.byteCount <= most else { throw malformed("its \(what) is too long") }
            if let inline = tag.inlineValues { return inline }
            let bytes = try stream.read(tag.byteCount)
            _ = try stream.read((8 - tag.byteCount % 8) % 8)
            return bytes
        }
        let flagBytes = try element("flags element", ofAtMost: 16)
        guard flagBytes.count >= 8 else { throw malformed("it has no flags") }
        flags = MAT5Tag.word(flagBytes[0..<4], byteOrder)
        guard flags & 0xFF != Self.opaqueClass else {
            // Objects have no dimensions here, and nothing in them is a cube.
            dimensions = [1, 1]
            (name, storage, inlineValues) = ("", nil, nil)
            return
        }
        let sizes = try element("list of dimensions", ofAtMost: 4 * Self.mostDimensions)
        guard sizes.count >= 8, sizes.count % 4 == 0 else { throw malformed("its dimensions") }
        dimensions = stride(from: 0, to: sizes.count, by: 4).map {
            Int(Int32(bitPattern: MAT5Tag.word(sizes[$0..<$0 + 4], byteOrder)))
        }
        name = String(
            decoding: try element("name", ofAtMost: Self.longestNameByteCount), as: UTF8.self)
        // An empty array may have no values element at all.
        guard (6...15).contains(flags & 0xFF), !dimensions.contains(0) else {
            (storage, inlineValues) = (nil, nil)
            return
        }
        let tag = MAT5Tag(try stream.read(8), byteOrder)
        storage = MATLABStorageType(elementType: tag.type)
        inlineValues = tag.inlineValues
        guard let storage else { throw malformed("its values have the unknown type \(tag.type)") }
        let count = DeflateLimit.valueCount(
            dimensions: dimensions, valueByteCount: storage.byteCount,
            fileByteCount: fileByteCount)
        guard let count, count * storage.byteCount == tag.byteCount,
            tag.byteCount <= matrixByteCount, tag.byteCount <= 4 || tag.inlineValues == nil
        else { throw malformed("'\(name)' has \(dimensions) values in \(tag.byteCount) bytes") }
    }

    /// The variable that this header begins; nil for MATLAB's nameless bookkeeping.
    func variable(elementOffset: Int) -> MATLABVariable? {
        guard !name.isEmpty else { return nil }
        return MATLABVariable(
            name: name, dimensions: dimensions, content: content, elementOffset: elementOffset)
    }

    private var content: MATLABVariable.Content {
        if flags & 0x0800 != 0 { return .other("complex") }
        if flags & 0x0200 != 0 { return .other("logical") }
        guard let storage else { return .other(Self.className(flags & 0xFF)) }
        return .numbers(storage)
    }

    private static func className(_ number: UInt32) -> String {
        switch number {
        case 1: "cell"
        case 2: "struct"
        case 3: "object"
        case 4: "char"
        case 5: "sparse"
        case 16: "function"
        default: "class \(number)"
        }
    }
}
