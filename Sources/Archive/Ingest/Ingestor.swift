import Basics
import BlobStore
import Catalog
import Cube
import CubeCodec
import CubeFiles
import Foundation

/// Takes cubes from files into the archive.
///
/// Order of writes (the archive's central invariant): blobs first, each decoded and compared with
/// the source, then one catalog transaction, which is the only commit point. A crash before it
/// leaves unreferenced blobs, never a damaged cube.
public struct Ingestor: Sendable {
    /// Samples held in memory at a time per ingest, apart from working copies.
    static let blockByteCount = 4 << 20

    let writer: ArchiveWriter
    let opener: CubeOpener

    /// An ingestor for one archive.
    public init(_ writer: ArchiveWriter) {
        self.writer = writer
        opener = CubeOpener(temporaryFolder: writer.archive.layout.work)
    }

    /// Archives one cube, or notes that the archive has it already.
    ///
    /// - Throws: what reading the file, coding or storing throws; nothing is catalogued then.
    public func ingest(
        _ request: IngestRequest, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> IngestReport {
        let started = ContinuousClock.now
        let policy = try self.policy(for: request)
        let opened = try open(request, stop: stop)
        let snapshot = try SourceSnapshot(opened.fileSet, stop: stop)
        let id = CubeIdentity.identity(
            of: snapshot.files.map { ($0.role.rawValue, $0.digest) }, variable: opened.variable)
        var report = IngestReport(
            path: request.path, outcome: .duplicate, id: id, name: opened.fileSet.name,
            geometry: opened.source.description.geometry, sourceByteCount: snapshot.byteCount,
            storedByteCount: 0, seconds: 0, warnings: opened.warnings,
            sourcePaths: snapshot.files.map(\.path))
        if try !writer.archive.catalog.hasCube(id) {
            let intake = CubeIntake(
                writer: writer, opened: opened, snapshot: snapshot, id: id, policy: policy,
                stop: stop, progress: progress)
            try writer.intakes.whileOpen {
                let stored = try intake.store()
                let record = intake.record(stored, request: request)
                report.outcome = try commit(record, stored.blobs)
                report.storedByteCount = stored.blobs.reduce(0) { $0 + $1.storedByteCount }
            }
        } else {
            try writer.record(
                .ingest, .cube(id), outcome: .skipped, message: "duplicate: \(request.path)")
        }
        report.seconds = (ContinuousClock.now - started).seconds
        return report
    }

    private func open(_ request: IngestRequest, stop: StopToken) throws -> OpenedCube {
        let fileSet = try opener.fileSet(for: request.path)
        guard request.variableIsHint, request.variable != nil else {
            return try opener.open(fileSet, variable: request.variable, stop: stop)
        }
        do {
            return try opener.open(fileSet, stop: stop)
        } catch ContainerError.ambiguous {
            return try opener.open(fileSet, variable: request.variable, stop: stop)
        }
    }

    /// What the call says, else the collection, else the archive.
    private func policy(for request: IngestRequest) throws -> IngestPolicy {
        var policy = try writer.archive.settings.policy(of: request.collection)
        if let fidelity = request.fidelity { policy.fidelity = fidelity }
        if let keepsOriginal = request.keepsOriginal { policy.keepsOriginal = keepsOriginal }
        if request.discardsExact { policy.discardsExact = true }
        if let effort = request.effort { policy.effort = effort }
        if policy.lacksConsent {
            throw ArchiveError.badArgument(
                reason: "fidelity 'latent' gives up the exact samples for ever; "
                    + "say --discard-exact too if that is meant")
        }
        return policy
    }

    private func commit(
        _ record: CubeRecord, _ blobs: [BlobRecord]
    ) throws -> IngestReport.Outcome {
        try writer.operations.reached("ingest.before-commit")
        let event = writer.event(
            .ingest, .cube(record.id), message: record.name,
            figures: [
                "sourceByteCount": Double(record.sourceFiles.reduce(0) { $0 + $1.byteCount }),
                "storedByteCount": Double(blobs.reduce(0) { $0 + $1.storedByteCount }),
            ])
        let added = try writer.catalog.addCube(record, blobs: blobs, events: [event])
        try writer.operations.reached("ingest.committed")
        return added == .added ? .added : .duplicate
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
