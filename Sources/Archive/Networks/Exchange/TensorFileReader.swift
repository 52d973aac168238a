import Basics
import Foundation

/// Reads a safetensors file whose bytes may be hostile: nothing is allocated before the bytes are
/// known to be there, and everything that is not exactly right is refused with its reason.
struct TensorFileReader {
    /// Longest header that is read.
    private static let maximumHeaderByteCount = 16 << 20
    /// Most tensors of one file.
    private static let maximumTensorCount = 4096
    private static let lengthByteCount = 8

    /// Where the bytes come from, for errors.
    let path: String

    /// Reads a file's bytes.
    ///
    /// - Throws: ``ArchiveError/notABaseNetwork(path:reason:)``.
    func read(_ bytes: [UInt8]) throws -> TensorFile {
        let (header, start) = try header(of: bytes)
        guard header.entries.count <= Self.maximumTensorCount else {
            throw refusal("it has \(header.entries.count) tensors")
        }
        try requireTiling(header.entries, byteCount: bytes.count - start)
        var file = TensorFile()
        file.metadata = header.metadata
        for (name, entry) in header.entries {
            guard let type = TensorFile.ValueType(rawValue: entry.dtype) else {
                throw refusal("tensor \(name) has the type \(entry.dtype), not F32 or F64")
            }
            let range = start + entry.dataOffsets[0]..<start + entry.dataOffsets[1]
            guard try byteCount(type, entry.shape, name) == range.count else {
                throw refusal(
                    "tensor \(name) of shape \(entry.shape) has \(range.count) bytes")
            }
            file.tensors[name] = TensorFile.Tensor(
                type: type, shape: entry.shape, bytes: bytes[range])
        }
        return file
    }

    /// An error about this file.
    func refusal(_ reason: String) -> ArchiveError {
        .notABaseNetwork(path: path, reason: reason)
    }

    private func header(of bytes: [UInt8]) throws -> (TensorHeader, dataStart: Int) {
        var reader = ByteReader(bytes, structure: "safetensors file")
        guard bytes.count >= Self.lengthByteCount else {
            throw refusal("it is too short for a safetensors file")
        }
        let length = try reader.read(UInt64.self)
        guard length <= Self.maximumHeaderByteCount else {
            throw refusal("it is neither a safetensors file nor one of 'cubevault base export'")
        }
        guard length <= reader.remainingByteCount else {
            throw refusal("it is truncated inside its header")
        }
        let text = try reader.readBytes(Int(length))
        do {
            let header = try JSONCoding.decoder.decode(TensorHeader.self, from: Data(text))
            return (header, reader.offset)
        } catch {
            throw refusal("its safetensors header is not valid: \(Self.explain(error))")
        }
    }

    /// The format demands that the tensors fill the data without gaps, and do not overlap.
    private func requireTiling(
        _ entries: [String: TensorHeader.Entry], byteCount: Int
    ) throws {
        var end = 0
        let ordered = entries.sorted {
            $0.value.dataOffsets.lexicographicallyPrecedes($1.value.dataOffsets)
        }
        for (name, entry) in ordered {
            let offsets = entry.dataOffsets
            guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
                throw refusal("the offsets of tensor \(name) are \(offsets)")
            }
            guard offsets[1] <= byteCount else {
                throw refusal(
                    "tensor \(name) ends at byte \(offsets[1]) of \(byteCount): "
                        + "the file is truncated or damaged")
            }
            guard offsets[0] == end else {
                let what = offsets[0] < end ? "overlaps the one before" : "leaves a gap before it"
                throw refusal("tensor \(name) \(what)")
            }
            end = offsets[1]
        }
        guard end == byteCount else {
            throw refusal("\(byteCount - end) bytes follow its last tensor")
        }
    }

    private func byteCount(
        _ type: TensorFile.ValueType, _ shape: [Int], _ name: String
    ) throws -> Int {
        var count = type.byteCount
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflow else {
                throw refusal("tensor \(name) has the shape \(shape)")
            }
            count = product
        }
        return count
    }

    private static func explain(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context),
            .typeMismatch(_, let context), .valueNotFound(_, let context):
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            return place.isEmpty
                ? context.debugDescription : "\(place): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }
}
