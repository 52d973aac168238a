import Basics
import CMatReader

/// A MATLAB v7.3 file, which is HDF5, read through libmatio in child processes.
struct MAT73File: MATLABFile {
    let path: String
    let variables: [MATLABVariable]

    private static let mostVariables = 65_536
    /// Bytes that a child reads at once, at most, unless one row of compressed pieces is longer.
    private static let slabByteCount = 256 << 20
    private static let longestNameByteCount = 4_096

    /// Reads the description of all variables.
    init(_ file: RandomAccessFile) throws {
        path = file.path
        let fileByteCount = try file.byteCount()
        let child = try MAT73Child(listing: path)
        var variables: [MATLABVariable] = []
        while let (description, name) = try Self.nextVariable(from: child, path) {
            guard variables.count < Self.mostVariables else { break }
            variables.append(Self.variable(description, name, fileByteCount))
        }
        self.variables = variables
    }

    func forEachPiece(
        of variable: MATLABVariable,
        _ body: (_ firstColumn: Int, _ values: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard let storage = variable.storage, variable.valueCount > 0 else { return }
        guard (2...3).contains(variable.dimensions.count) else {
            throw unreadable("'\(variable.name)' has too many dimensions")
        }
        let size = storage.byteCount
        let slabs = MATLABSlab.covering(
            variable.dimensions, chunk: variable.chunk,
            atMostValues: Self.slabByteCount / size)
        let child = try MAT73Child(
            reading: path, variable: variable, slabs: slabs, valueByteCount: size)
        let length = variable.dimensions[0]
        let step = max(1, Self.pieceByteCount / (length * size))
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: step * length * size, alignment: 16)
        defer { buffer.deallocate() }
        for slab in slabs {
            guard try child.readWord() == UInt32(CMAT_SLAB) else {
                throw unreadable("the values of '\(variable.name)' are damaged")
            }
            for columns in slab.columnRuns(ofAtMost: step, dimensions: variable.dimensions) {
                let values = UnsafeMutableRawBufferPointer(
                    rebasing: buffer[..<(columns.count * length * size)])
                try child.read(into: values)
                try body(columns.lowerBound, UnsafeRawBufferPointer(values))
            }
        }
    }

    private static func nextVariable(
        from child: MAT73Child, _ path: String
    ) throws -> (CMatVariable, String)? {
        var description = CMatVariable()
        description.kind = try child.readWord()
        if description.kind == UInt32(CMAT_END) { return nil }
        guard description.kind == UInt32(CMAT_VARIABLE) else {
            throw ContainerError.unreadable(
                path: path, reason: "it is no intact MATLAB v7.3 (HDF5) file")
        }
        try withUnsafeMutableBytes(of: &description) { bytes in
            try child.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[4...]))
        }
        guard description.name_byte_count <= longestNameByteCount,
            description.rank <= CMAT_MOST_DIMENSIONS
        else {
            throw ContainerError.unreadable(path: path, reason: "a variable's name is too long")
        }
        var name = [UInt8](repeating: 0, count: Int(description.name_byte_count))
        try name.withUnsafeMutableBytes { try child.read(into: $0) }
        return (description, String(decoding: name, as: UTF8.self))
    }

    private static func variable(
        _ description: CMatVariable, _ name: String, _ fileByteCount: Int
    ) -> MATLABVariable {
        func list<Tuple>(_ tuple: Tuple) -> [Int] {
            withUnsafeBytes(of: tuple) { bytes in
                bytes.bindMemory(to: UInt64.self).prefix(Int(description.rank)).map {
                    Int(clamping: $0)
                }
            }
        }
        let dimensions = list(description.dimensions)
        var content = content(of: description)
        if case .numbers(let storage) = content {
            let count = DeflateLimit.valueCount(
                dimensions: dimensions, valueByteCount: storage.byteCount,
                fileByteCount: fileByteCount)
            let fits = dimensions.allSatisfy { $0 <= Int32.max } && dimensions.count >= 2
            if count == nil || !fits { content = .other("larger than its file can hold") }
        }
        return MATLABVariable(
            name: name, dimensions: dimensions, content: content, chunk: list(description.chunk))
    }

    private static func content(of description: CMatVariable) -> MATLABVariable.Content {
        if description.is_complex != 0 { return .other("complex") }
        if description.is_logical != 0 { return .other("logical") }
        return switch description.matlab_class {
        case 0: .other("empty")
        case 1: .other("cell")
        case 2: .other("struct")
        case 4: .other("char")
        case 5: .other("sparse")
        case 6: .numbers(.float64)
        case 7: .numbers(.float32)
        case 8: .numbers(.int8)
        case 9: .numbers(.uint8)
        case 10: .numbers(.int16)
        case 11: .numbers(.uint16)
        case 12: .numbers(.int32)
        case 13: .numbers(.uint32)
        case 14: .numbers(.int64)
        case 15: .numbers(.uint64)
        default: .other("class \(description.matlab_class)")
        }
    }
}
