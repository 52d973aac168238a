import Basics
import BlobStore
import Catalog
import Foundation
import Cube
import MetaLearning
import NeuralField

/// Base networks in and out of the archive: immutable, named by content, numbered as they come.
public struct BaseStore: Sendable {
    /// Base networks larger than this are refused unread; the largest sensible ones take megabytes.
    private static let maximumByteCount = 1 << 30

    let writer: ArchiveWriter

    /// The base networks of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Reads a network from a file, checks it, and stores it as a candidate. One that the archive
    /// has already keeps its version and state.
    ///
    /// - Throws: ``ArchiveError/notABaseNetwork(path:reason:)``; the archive is untouched then.
    public func importNetwork(from path: String) throws -> BaseReport {
        let file = try RandomAccessFile(readingFrom: path)
        let byteCount = try file.byteCount()
        guard byteCount <= Self.maximumByteCount else {
            throw ArchiveError.badArgument(
                reason: "\(path) is too large to be a base network (\(byteCount) bytes)")
        }
        let network: BaseNetwork
        do {
            network = try BaseNetwork(bytes: file.bytes(at: 0, byteCount: byteCount))
        } catch let error as any CubevaultError {
            throw ArchiveError.notABaseNetwork(path: path, reason: error.description)
        }
        let digest = SHA256Hasher.digest(of: network.serialized())
        if let known = try writer.archive.catalog.bases().first(where: { $0.digest == digest }) {
            return try writer.archive.baseReport(known.version)
        }
        return try add(
            network, manifest: TrainingManifest(importedFrom: path), action: .import)
    }

    func add(
        _ network: BaseNetwork, manifest: TrainingManifest, action: ArchiveAction
    ) throws -> BaseReport {
        let bytes = network.serialized()
        let receipt = try writer.archive.blobs.write { try $0.append(bytes) }
        let blob = BlobRecord(
            digest: receipt.name, kind: "base", contentByteCount: receipt.contentByteCount,
            storedByteCount: receipt.storedByteCount, chunkCount: receipt.chunkCount,
            createdAt: writer.now())
        let architecture = try JSONCoding.line(BaseSummary(network))
        let manifest = try JSONCoding.line(manifest)
        let version = try writer.catalog.batch { change in
            let version = try change.queries.nextBaseVersion()
            try change.addBase(
                BaseNetworkRecord(
                    version: version, digest: receipt.name, state: .candidate,
                    trainedAt: writer.now(), architecture: architecture, manifest: manifest,
                    blob: receipt.name, byteCount: receipt.contentByteCount,
                    storedByteCount: receipt.storedByteCount),
                blobs: [blob],
                events: [writer.event(action, .base(version))])
            return version
        }
        return try writer.archive.baseReport(version)
    }
}

/// What the catalog keeps of a network beside its blob, so that listing needs no blob.
struct BaseSummary: Codable {
    var hiddenLayerCount: Int
    var hiddenWidth: Int
    var latentCount: Int
    var outputCount: Int
    var parameterCount: Int
    var grid: String

    init(_ network: BaseNetwork) {
        hiddenLayerCount = network.architecture.hiddenLayerCount
        hiddenWidth = network.architecture.hiddenWidth
        latentCount = network.architecture.latentCount
        outputCount = network.architecture.outputCount
        parameterCount = network.architecture.parameterCount
        grid = network.latentGrid.description
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
        let decoder = JSONCoding.decoder
        let summary = try decoder.decode(BaseSummary.self, from: Data(record.architecture.utf8))
        let manifest = try decoder.decode(
            TrainingManifest.self, from: Data(record.manifest.utf8))
        let uses = try catalog.encodings(base: version).filter(\.isCurrent)
        let decibels = uses.compactMap(\.quality.psnrDecibels)
        return BaseReport(
            version: version, state: record.state.rawValue, digest: record.blob,
            trainedAt: record.trainedAt, hiddenLayerCount: summary.hiddenLayerCount,
            hiddenWidth: summary.hiddenWidth, latentCount: summary.latentCount,
            outputCount: summary.outputCount, parameterCount: summary.parameterCount,
            grid: summary.grid, byteCount: record.byteCount, cubeCount: uses.count,
            meanPSNRDecibels: decibels.isEmpty
                ? nil : decibels.reduce(0, +) / Double(decibels.count),
            trainingCubeCount: manifest.cubeNames.count,
            iterationCount: manifest.iterationCount, trainingSeconds: manifest.seconds)
    }

    /// Writes a base network to a file.
    ///
    /// - Throws: ``ArchiveError/outputExists(path:)`` and file errors.
    public func exportBase(_ version: Int, to path: String, replacing: Bool) throws {
        let network = try baseNetwork(version)
        if !replacing, FileManager.default.fileExists(atPath: path) {
            throw ArchiveError.outputExists(path: path)
        }
        try DurableFile.write(network.serialized(), to: path)
    }
}
