import Basics
import BlobStore
import Catalog
import Cube
import CubeCodec
import CubeFiles
import Foundation

/// One cube on its way into the archive: stores its blobs and proves them against the source.
struct CubeIntake {
    /// What was stored for a cube before its record is committed.
    struct Stored {
        var exact: BlobReceipt
        var files: [SourceFileRecord]
        var blobs: [BlobRecord]
        var maximumAbsoluteError: Double
    }

    let writer: ArchiveWriter
    let opened: OpenedCube
    let snapshot: SourceSnapshot
    let id: SHA256Digest
    let policy: IngestPolicy
    let stop: StopToken
    let progress: ProgressSink?

    private var fidelity: Fidelity { policy.fidelity }
    private var description: CubeDescription { opened.source.description }

    /// Writes the exact samples and whatever else the source files need, verifying each.
    func store() throws -> Stored {
        let blobs = writer.archive.blobs
        let exact = try storeExact()
        var stored = Stored(
            exact: exact, files: [], blobs: [record(exact, "exact")], maximumAbsoluteError: 0)
        stored.maximumAbsoluteError = try verify(blobs.open(exact.name))
        for file in snapshot.files {
            stored.files.append(try storage(of: file, &stored.blobs))
        }
        try snapshot.checkUnchanged()
        return stored
    }

    /// The catalog's record of the cube.
    func record(
        _ stored: Stored, request: IngestRequest
    ) -> CubeRecord {
        CubeRecord(
            id: id, name: opened.fileSet.name, format: opened.fileSet.format.rawValue,
            description: description, collection: request.collection, tags: request.tags,
            fidelity: fidelity.description, exactBlob: stored.exact.name,
            exactStoredByteCount: stored.exact.storedByteCount,
            maximumAbsoluteError: stored.maximumAbsoluteError, variable: opened.variable,
            ingestedAt: writer.now(), sourceFiles: stored.files)
    }

    private func storeExact() throws -> BlobReceipt {
        let sample = try opened.source.read(
            ExactEncoder.sampleWindow(of: description),
            bandIndices: Array(0..<description.geometry.bands))
        // A cube that is to live as a latent alone is kept exactly until it has one.
        let blobs = writer.archive.blobs
        let encoder = try ExactEncoder(
            description: description, fidelity: fidelity == .latent ? .lossless : fidelity,
            coder: policy.effort.choice(sample: sample),
            storedByteCount: { try blobs.compressedByteCount(of: $0) }, stop: stop)
        return try blobs.write { blob in
            try blob.append(encoder.headerChunk())
            try encoder.encodeBlocks(of: opened.source, stop: stop) { index, chunk in
                report("archiving", index, encoder.header.blocks.count)
                try blob.append(chunk)
            }
            try blob.append(encoder.headerChunk())
        }
    }

    /// Decodes everything back and compares it with the source.
    ///
    /// - Returns: the largest absolute error found; 0 for lossless.
    private func verify(_ blob: BlobReader) throws -> Double {
        let exact = try ExactCubeSource(description: description, chunks: blob)
        if fidelity.isExact, let layout = opened.rebuildableLayout {
            try compareRebuilt(exact, layout)
            return 0
        }
        return try compareSamples(exact)
    }

    /// Rebuilds the ENVI binary as a restore would and requires the source's SHA-256: that proves
    /// the samples and every byte around them at once.
    private func compareRebuilt(_ exact: ExactCubeSource, _ layout: ENVIBinaryLayout) throws {
        let path = writer.archive.layout.work + "/rebuilt-\(id.hexadecimal).part"
        defer { removeScratchFile(path) }
        let rebuilt = try ENVIBinaryWriter(
            creating: path, description: description, layout: layout,
            prefixBytes: opened.prefixBytes(), trailingBytes: opened.trailingBytes())
        try forEachBlock(of: exact) { try rebuilt.write($0) }
        try rebuilt.complete()
        let binary = snapshot.files.first { $0.role != .header }
        let digest = try SHA256Hasher.digest(ofFile: path, stop: stop)
        guard digest == binary?.digest else {
            throw ArchiveError.verificationFailed(
                cube: opened.fileSet.primaryPath,
                reason: "the rebuilt binary has another SHA-256 than the source")
        }
    }

    private func removeScratchFile(_ path: String) {
        // A file that stays behind costs only space, and the next start of a writer removes it.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Compares every sample with the source, which is read once more.
    private func compareSamples(
        _ exact: ExactCubeSource
    ) throws -> Double {
        let comparison = ExactComparison(description: description, fidelity: fidelity)
        var largestError = 0.0
        try forEachBlock(of: exact) { block in
            do {
                largestError = max(
                    largestError,
                    try comparison.largestError(
                        opened.source.read(lines: block.window.lines), block))
            } catch let error as ComparisonFailure {
                throw ArchiveError.verificationFailed(
                    cube: opened.fileSet.primaryPath, reason: error.reason)
            }
        }
        return largestError
    }

    /// Decodes the whole stream, on all processors, and hands the blocks on in order.
    private func forEachBlock(
        of exact: ExactCubeSource, _ body: (SampleBlock) throws -> Void
    ) throws {
        let geometry = description.geometry
        try exact.readBlocks(
            CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands), stop: stop
        ) { block in
            report("verifying", block.window.lines.lowerBound, geometry.lines, unit: "lines")
            try body(block)
        }
    }

    /// How one source file can be had again, storing what that needs.
    private func storage(
        of file: SourceSnapshot.File, _ blobs: inout [BlobRecord]
    ) throws -> SourceFileRecord {
        let storage: SourceStorage
        if file.role == .header {
            storage = .blob(try keep(file, &blobs))
        } else if let layout = opened.rebuildableLayout {
            guard fidelity.isExact else { return sourceRecord(file, .notKept) }
            storage = .samples(
                layout: try JSONCoding.line(layout),
                prefix: try keep(opened.prefixBytes(), "prefix", &blobs),
                trailing: try keep(opened.trailingBytes(), "trailing", &blobs))
        } else if policy.keepsOriginal, fidelity.isExact {
            storage = .blob(try keep(file, &blobs))
        } else {
            storage = .notKept
        }
        return sourceRecord(file, storage)
    }

    private func sourceRecord(
        _ file: SourceSnapshot.File, _ storage: SourceStorage
    ) -> SourceFileRecord {
        SourceFileRecord(
            role: file.role.rawValue, fileName: (file.path as NSString).lastPathComponent,
            byteCount: file.byteCount, sha256: file.digest, modifiedAt: file.modifiedAt,
            storage: storage)
    }

    /// Stores a whole file and proves that what was stored has the file's digest.
    private func keep(
        _ file: SourceSnapshot.File, _ blobs: inout [BlobRecord]
    ) throws -> SHA256Digest {
        let source = try RandomAccessFile(readingFrom: file.path)
        let receipt = try writer.archive.blobs.write { blob in
            var offset = 0
            while offset < file.byteCount {
                try stop.check()
                let count = min(Ingestor.blockByteCount, file.byteCount - offset)
                try blob.append(source.bytes(at: offset, byteCount: count))
                offset += count
            }
        }
        guard receipt.name == file.digest else {
            throw ArchiveError.sourceChanged(path: file.path)
        }
        blobs.append(record(receipt, "original"))
        return receipt.name
    }

    private func keep(
        _ bytes: [UInt8], _ kind: String, _ blobs: inout [BlobRecord]
    ) throws -> SHA256Digest? {
        if bytes.isEmpty { return nil }
        let receipt = try writer.archive.blobs.write { try $0.append(bytes) }
        blobs.append(record(receipt, kind))
        return receipt.name
    }

    private func record(_ receipt: BlobReceipt, _ kind: String) -> BlobRecord {
        BlobRecord(
            digest: receipt.name, kind: kind, contentByteCount: receipt.contentByteCount,
            storedByteCount: receipt.storedByteCount, chunkCount: receipt.chunkCount,
            createdAt: writer.now())
    }

    private func report(
        _ activity: String, _ done: Int, _ total: Int, unit: String = "blocks"
    ) {
        progress?(
            ProgressReport(
                activity: activity, subject: opened.fileSet.name, completedCount: done,
                totalCount: total, unit: unit))
    }
}

extension OpenedCube {
    /// The layout that rebuilds the source's binary byte for byte; nil where only keeping the file
    /// itself does.
    fileprivate var rebuildableLayout: ENVIBinaryLayout? {
        binaryLayout.flatMap { $0.isCompressed ? nil : $0 }
    }
}
