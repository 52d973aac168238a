import Archive
import Basics
import Foundation
import TestSupport

/// An archive with one trained network, and that network as a safetensors file to be tampered with.
final class ExchangeFixture {
    /// An entry of the file's header.
    typealias Entry = [String: Any]

    let archive: ArchiveFixture
    let base: BaseReport
    /// Header of the exported file, by tensor; `__metadata__` too.
    var header: [String: Entry]
    /// The tensors' bytes.
    var data: [UInt8]
    private let path: String

    init() throws {
        archive = try ArchiveFixture()
        let writer = try archive.writer()
        for seed in 1...2 {
            let binary = try archive.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        base = try BaseTrainer(writer).train()
        path = archive.folder.file("network.safetensors")
        try writer.archive.exportBase(base.version, to: path, replacing: false)
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        var reader = ByteReader(bytes, structure: "safetensors")
        let length = Int(try reader.read(UInt64.self))
        let json = try JSONSerialization.jsonObject(with: Data(try reader.readBytes(length)))
        header = json as? [String: Entry] ?? [:]
        data = Array(bytes[(8 + length)...])
    }

    /// Where a tensor's bytes lie in ``data``.
    func range(of name: String) -> Range<Int> {
        let offsets = header[name]?["data_offsets"] as? [Int] ?? []
        return offsets.count == 2 ? offsets[0]..<offsets[1] : 0..<0
    }

    /// Replaces a value of a tensor of 4-byte floats.
    func set(_ name: String, at index: Int, to value: Float) {
        let start = range(of: name).lowerBound + index * 4
        var writer = ByteWriter()
        writer.write(value)
        data.replaceSubrange(start..<start + 4, with: writer.bytes)
    }

    /// A value of a tensor of 4-byte floats.
    func value(_ name: String, at index: Int) throws -> Float {
        var reader = ByteReader(
            data, structure: name, offset: range(of: name).lowerBound + index * 4)
        return try reader.readFloat()
    }

    /// Sets or removes a text of the metadata.
    func setMetadata(_ key: String, to value: String?) {
        var metadata = header["__metadata__"] ?? [:]
        metadata[key] = value
        header["__metadata__"] = metadata
    }

    /// The file as it now is.
    func bytes() throws -> [UInt8] {
        let text = try JSONSerialization.data(withJSONObject: header)
        var writer = ByteWriter()
        writer.write(UInt64(text.count))
        writer.write(bytes: text)
        writer.write(bytes: data)
        return writer.bytes
    }

    /// Imports the file as it now is into another archive.
    func importElsewhere(_ other: ArchiveFixture) throws -> BaseReport {
        try importBytes(bytes(), into: other)
    }

    /// Imports any bytes as a file.
    func importBytes(_ bytes: [UInt8], into other: ArchiveFixture) throws -> BaseReport {
        try Data(bytes).write(to: URL(filePath: path))
        return try BaseStore(other.writer()).importNetwork(from: path)
    }
}
