import Basics
import Catalog
import Foundation
import MetaLearning

/// Base networks in and out of the archive: immutable, named by content, numbered as they come.
public struct BaseStore: Sendable {
    let writer: ArchiveWriter

    /// The base networks of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Reads a network from a file, checks it, and stores it as a candidate.
    ///
    /// - Throws: what reading or decoding throws; the archive is untouched then.
    public func importNetwork(from path: String) throws -> BaseReport {
        let file = try RandomAccessFile(readingFrom: path)
        let byteCount = try file.byteCount()
        guard byteCount <= BaseNetwork.maximumByteCount else {
            throw ArchiveError.badArgument(
                reason: "\(path) is too large to be a base network (\(byteCount) bytes)")
        }
        let network = try BaseNetwork(decoding: file.bytes(at: 0, byteCount: byteCount))
        return try add(
            network, manifest: TrainingManifest(importedFrom: path), action: .import)
    }

    func add(
        _ network: BaseNetwork, manifest: TrainingManifest, action: ArchiveAction
    ) throws -> BaseReport {
        let bytes = network.encoded()
        let receipt = try writer.archive.blobs.write { try $0.append(bytes) }
        let blob = BlobRecord(
            digest: receipt.name, kind: "base", contentByteCount: receipt.contentByteCount,
            storedByteCount: receipt.storedByteCount, chunkCount: receipt.chunkCount,
            createdAt: writer.now())
        let version = try writer.catalog.addBase(
            NewBaseNetwork(
                blob: blob, trainedAt: writer.now(),
                architecture: try JSONCoding.line(BaseSummary(network)),
                manifest: try JSONCoding.line(manifest)),
            event: { version in
                writer.event(action, .base(version), figures: ["seconds": manifest.seconds])
            })
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
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)``.
    public func baseReport(_ version: Int) throws -> BaseReport {
        guard let record = try catalog.base(version) else {
            throw ArchiveError.noBaseNetwork(version: String(version))
        }
        let decoder = JSONCoding.decoder
        let summary = try decoder.decode(BaseSummary.self, from: Data(record.architecture.utf8))
        let manifest = try decoder.decode(
            TrainingManifest.self, from: Data(record.manifest.utf8))
        let use = try catalog.baseUse(version)
        return BaseReport(
            version: version, state: record.state.rawValue, digest: record.blob,
            trainedAt: record.trainedAt, hiddenLayerCount: summary.hiddenLayerCount,
            hiddenWidth: summary.hiddenWidth, latentCount: summary.latentCount,
            outputCount: summary.outputCount, parameterCount: summary.parameterCount,
            grid: summary.grid, byteCount: record.byteCount, cubeCount: use.cubeCount,
            meanPSNRDecibels: use.meanPSNRDecibels, trainingCubeCount: manifest.cubeNames.count,
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
        try DurableFile.write(network.encoded(), to: path)
    }
}
