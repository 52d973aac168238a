import Basics
import BlobStore
import Catalog
import Cube
import Foundation
import MetaLearning
import NeuralField

/// Base networks in and out of the archive: immutable, named by content, numbered as they come.
public struct BaseStore: Sendable {
    /// Base networks larger than this are refused unread; the largest sensible ones take megabytes.
    private static let maximumByteCount = 1 << 30

    let writer: ArchiveWriter

    /// The base networks of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Reads a network from a file of ours or a safetensors file, checks it, and stores it as a
    /// candidate. One that the archive has already keeps its version and state.
    ///
    /// - Parameter family: what its outputs stand for; nil takes the family that the file states,
    ///   or one that is derived from its wavelengths.
    /// - Throws: ``ArchiveError/notABaseNetwork(path:reason:)``; the archive is untouched then.
    public func importNetwork(from path: String, family: String? = nil) throws -> BaseReport {
        let named = try family.map { try BaseFamily(named: $0) }
        let file = try RandomAccessFile(readingFrom: path)
        let byteCount = try file.byteCount()
        guard byteCount <= Self.maximumByteCount else {
            throw ArchiveError.badArgument(
                reason: "\(path) is too large to be a base network (\(byteCount) bytes)")
        }
        let bytes = try file.bytes(at: 0, byteCount: byteCount)
        let imported = try ImportedNetwork(bytes, from: path)
        let digests = [
            SHA256Hasher.digest(of: try imported.network.serialized()),
            SHA256Hasher.digest(of: bytes),
        ]
        let known = try writer.archive.catalog.bases().first { digests.contains($0.digest) }
        if let known { return try writer.archive.baseReport(known.version) }
        return try add(
            imported.network, manifest: imported.manifest,
            family: named ?? imported.family, action: .import)
    }

    /// Stores a network as a candidate.
    ///
    /// - Parameter family: nil derives one from the network.
    func add(
        _ network: BaseNetwork, manifest: TrainingManifest, family: BaseFamily? = nil,
        action: ArchiveAction
    ) throws -> BaseReport {
        let family =
            family ?? BaseFamily(sensors: manifest.sensors ?? [], grid: network.bandGrid)
        let bytes = try network.serialized()
        let receipt = try writer.archive.blobs.write { try $0.append(bytes) }
        let blob = BlobRecord(
            digest: receipt.name, kind: "base", contentByteCount: receipt.contentByteCount,
            storedByteCount: receipt.storedByteCount, chunkCount: receipt.chunkCount,
            createdAt: writer.now())
        let summary = try BaseSummary(network)
        let architecture = try JSONCoding.line(summary)
        var figures = manifest.figures
        figures["byteCount"] = Double(receipt.contentByteCount)
        figures["parameterCount"] = Double(summary.parameterCount)
        let manifest = try JSONCoding.line(manifest)
        let version = try writer.catalog.batch { change in
            let version = try change.queries.nextBaseVersion()
            let number = try change.queries.nextBaseNumber(family: family.name)
            let message = "\(family.name)/\(number), \(receipt.name.hexadecimal.prefix(12))"
            let event = writer.event(
                action, .base(version), message: message,
                figures: figures.merging(["version": Double(version)]) { $1 })
            try change.addBase(
                BaseNetworkRecord(
                    version: version, family: family.name, number: number,
                    digest: receipt.name, state: .candidate, trainedAt: writer.now(),
                    architecture: architecture, manifest: manifest, blob: receipt.name,
                    byteCount: receipt.contentByteCount,
                    storedByteCount: receipt.storedByteCount),
                blobs: [blob], events: [event])
            return version
        }
        return try writer.archive.baseReport(version)
    }
}

extension Archive {
    /// Every base network, newest first.
    public func baseReports() throws -> [BaseReport] {
        try catalog.bases().map { try baseReport($0.version) }.sorted { $0.version > $1.version }
    }

    /// One base network.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``.
    public func baseReport(_ version: Int) throws -> BaseReport {
        let record = try catalog.base(version)
        let uses = try catalog.encodings(base: version).filter(\.isCurrent)
        return try BaseReport(record, decibels: uses.map(\.quality.psnrDecibels))
    }

    /// Writes a base network to a safetensors file (docs/FORMAT.md lists its tensors).
    ///
    /// - Returns: the file's length and SHA-256.
    /// - Throws: ``ArchiveError/outputExists(path:)`` and file errors.
    @discardableResult
    public func exportBase(
        _ version: Int, to path: String, replacing: Bool
    ) throws -> (byteCount: Int, sha256: SHA256Digest) {
        let record = try catalog.base(version)
        let network = try baseNetwork(version)
        if !replacing, FileManager.default.fileExists(atPath: path) {
            throw ArchiveError.outputExists(path: path)
        }
        let file = try NetworkTensors.file(
            of: network, family: record.family, manifest: record.manifest)
        let bytes = try file.bytes
        try DurableFile.write(bytes, to: path)
        return (bytes.count, SHA256Hasher.digest(of: bytes))
    }
}
