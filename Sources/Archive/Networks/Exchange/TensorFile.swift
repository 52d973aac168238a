import Basics
import Foundation

/// A file of named tensors in the safetensors format: 8 bytes with the length of a JSON header,
/// the header, then the tensors' values, little-endian and in C order.
///
/// Invariant: each tensor has as many bytes as its type and shape say.
struct TensorFile {
    /// The types of values that base networks are made of.
    enum ValueType: String, Codable {
        /// 4-byte IEEE 754.
        case float32 = "F32"
        /// 8-byte IEEE 754.
        case float64 = "F64"

        /// Bytes of one value.
        var byteCount: Int { self == .float32 ? 4 : 8 }
    }

    /// One tensor.
    struct Tensor {
        var type: ValueType
        /// Extents, the slowest first.
        var shape: [Int]
        /// The values, little-endian.
        var bytes: ArraySlice<UInt8>
    }

    /// Texts that describe the file as a whole.
    var metadata: [String: String] = [:]
    /// The tensors by name.
    var tensors: [String: Tensor] = [:]

    /// Adds a tensor of 4-byte floats.
    mutating func add(_ name: String, shape: [Int], _ values: some Sequence<Float>) {
        var writer = ByteWriter()
        for value in values { writer.write(value) }
        add(name, Tensor(type: .float32, shape: shape, bytes: writer.bytes[...]))
    }

    /// Adds a tensor of 8-byte floats.
    mutating func add(_ name: String, shape: [Int], _ values: some Sequence<Double>) {
        var writer = ByteWriter()
        for value in values { writer.write(value) }
        add(name, Tensor(type: .float64, shape: shape, bytes: writer.bytes[...]))
    }

    private mutating func add(_ name: String, _ tensor: Tensor) {
        precondition(
            tensor.shape.reduce(1, *) * tensor.type.byteCount == tensor.bytes.count,
            "a tensor has the values that its shape says")
        tensors[name] = tensor
    }

    /// Takes in what another file holds, every name behind a prefix.
    mutating func add(_ other: TensorFile, prefix: String) {
        for (name, tensor) in other.tensors { add(prefix + name, tensor) }
        for (key, text) in other.metadata { metadata[prefix + key] = text }
    }

    /// Forgets what ``add(_:prefix:)`` took in.
    mutating func remove(prefix: String) {
        tensors = tensors.filter { !$0.key.hasPrefix(prefix) }
        metadata = metadata.filter { !$0.key.hasPrefix(prefix) }
    }

    /// What ``add(_:prefix:)`` took in.
    func part(prefix: String) -> TensorFile {
        func named<Value>(_ values: [String: Value]) -> [String: Value] {
            Dictionary(
                uniqueKeysWithValues: values.compactMap { name, value in
                    name.hasPrefix(prefix) ? (String(name.dropFirst(prefix.count)), value) : nil
                })
        }
        return TensorFile(metadata: named(metadata), tensors: named(tensors))
    }

    /// The tensors in the order in which they are written.
    private var ordered: [(key: String, value: Tensor)] {
        tensors.sorted {
            ($1.value.type.byteCount, $0.key) < ($0.value.type.byteCount, $1.key)
        }
    }

    /// SHA-256 of the tensors' bytes in that order, and of some texts behind them.
    func digest(with texts: [String]) -> SHA256Digest {
        var bytes: [UInt8] = []
        for (_, tensor) in ordered { bytes += tensor.bytes }
        for text in texts { bytes += Array(text.utf8) + [UInt8(ascii: "\n")] }
        return SHA256Hasher.digest(of: bytes)
    }

    /// The file: 8-byte types first and the rest by name, the header filled up with blanks to a
    /// multiple of 8 bytes, so that every value lies at a multiple of its size.
    var bytes: [UInt8] {
        get throws {
            let ordered = ordered
            var entries: [String: TensorHeader.Entry] = [:]
            var offset = 0
            for (name, tensor) in ordered {
                entries[name] = TensorHeader.Entry(
                    dtype: tensor.type.rawValue, shape: tensor.shape,
                    dataOffsets: [offset, offset + tensor.bytes.count])
                offset += tensor.bytes.count
            }
            let header = TensorHeader(metadata: metadata, entries: entries)
            var text = Array(try JSONCoding.lineEncoder.encode(header))
            text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
            var writer = ByteWriter()
            writer.write(UInt64(text.count))
            writer.write(bytes: text)
            for (_, tensor) in ordered { writer.write(bytes: tensor.bytes) }
            return writer.bytes
        }
    }
}
