import Basics
import Catalog
import Cube
import CubeCodec
import Foundation
import MetaLearning
import Synchronization

/// Gives cubes latents, one job of the work queue at a time: the first one, or a better one.
///
/// Invariants: an encoding is made from exact samples, decoded and measured before it is written
/// beside the old one; it becomes current in one transaction, only if its base network is still the
/// current one and the rule calls it better. Interrupted anywhere, the job runs again and takes up
/// what was written.
public final class EncodingQueue: Sendable {
    static let retrySeconds = 60.0
    let writer: ArchiveWriter
    private let rule: EncodingRule
    private let encoder = Mutex<CubeEncoder?>(nil)

    /// A job's details.
    struct Payload: Codable {
        var base: Int
        var rotation: Int64?
    }

    /// The queue of one archive.
    public init(_ writer: ArchiveWriter) {
        self.writer = writer
        rule = EncodingRule(writer.archive.settings.rotation)
    }

    /// Queues cubes that have no latent and were not tried yet; returns their number. Before that
    /// it gives up exact samples that a former process was killed before giving up.
    @discardableResult
    public func planNewCubes() throws -> Int {
        let fidelity = Fidelity.latent.description
        let agreed = try writer.archive.catalog.read {
            try $0.cubesWithBothSamples(fidelity: fidelity)
        }
        for cube in agreed { try discardExact(of: cube) }
        guard let base = try writer.archive.catalog.currentBase() else { return 0 }
        return try writer.catalog.batch {
            try $0.planNewCubes(base: base.version, at: writer.now())
        }
    }

    /// Does the most urgent waiting job of some kinds; nil where none is ready.
    ///
    /// - Throws: ``BasicsError/stopped``, ``BasicsError/syncFailed(path:errorNumber:)`` and what
    ///   the catalog throws. Whatever else is wrong with one cube is in its report.
    public func performNext(
        _ kinds: [EncodingWork] = EncodingWork.allCases, stop: StopToken = StopToken(),
        progress: ProgressSink? = nil
    ) throws -> EncodingReport? {
        let job = try writer.catalog.claim(kinds: kinds.map(\.rawValue), at: writer.now())
        guard let job else { return nil }
        let payload = try JSONCoding.decoder.decode(Payload.self, from: Data(job.payload.utf8))
        guard let id = SHA256Digest(hexadecimal: job.subject) else {
            throw ArchiveError.damaged(what: "job \(job.id)", reason: "it names no cube")
        }
        let cube = try writer.archive.catalog.cube(id)
        do {
            let report = try perform(job, payload, cube, stop, progress)
            try writer.operations.reached(RotationStep.encodingSettled)
            try discardExactWhereAgreed(cube, report)
            return report
        } catch BasicsError.stopped {
            try writer.catalog.fail(
                job.id, error: "interrupted", retryAt: writer.now(), at: writer.now())
            throw BasicsError.stopped
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            return try fail(job, payload, cube, error)
        }
    }

    private func perform(
        _ job: JobRecord, _ payload: Payload, _ cube: CubeRecord, _ stop: StopToken,
        _ progress: ProgressSink?
    ) throws -> EncodingReport {
        let staged = try writer.archive.catalog.encoding(of: cube.id, base: payload.base)
        if staged?.summary.outcome != .accepted {
            let new: NewEncoding
            do {
                new = try encode(cube, payload.base, stop, progress)
            } catch let error as MetaLearningError where error.isAboutTheScene {
                return try refuse(job, payload, cube, reason: error.description)
            }
            try writer.operations.reached(RotationStep.encodingMeasured)
            try writer.catalog.batch { try $0.stageEncoding(of: cube.id, new) }
            try writer.operations.reached(RotationStep.encodingStaged)
        }
        return try writer.catalog.batch { try settle(job, payload, cube, in: $0) }
    }

    private func encode(
        _ cube: CubeRecord, _ version: Int, _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> NewEncoding {
        let present = try encoder.withLock { kept in
            if let kept, kept.version == version { return kept }
            let fresh = try CubeEncoder(writer.archive, version: version, now: writer.now)
            kept = fresh
            return fresh
        }
        return try present.encode(cube, stop: stop, progress: progress)
    }

    /// The flip: decided and made within one transaction, on what the catalog holds then.
    private func settle(
        _ job: JobRecord, _ payload: Payload, _ cube: CubeRecord, in change: CatalogTransaction
    ) throws -> EncodingReport {
        let old = try change.queries.currentEncoding(of: cube.id)?.summary
        guard let new = try change.queries.encoding(of: cube.id, base: payload.base)?.summary else {
            throw CatalogError.notFound(kind: "encoding", name: "\(cube.id)")
        }
        var report = EncodingReport(
            id: cube.id, name: cube.name, outcome: .superseded,
            oldPSNRDecibels: old?.quality.psnrDecibels,
            newPSNRDecibels: new.quality.psnrDecibels, grid: new.grid,
            latentByteCount: new.latentByteCount)
        if try change.queries.currentBase()?.version == payload.base {
            let isBetter = old.map { rule.isBetter(.init(new), than: .init($0)) } ?? true
            report.outcome = old == nil ? .encoded : (isBetter ? .improved : .kept)
            let event = event(report, old: old, new: new)
            if isBetter {
                try change.flipToStaged(
                    of: cube.id, base: payload.base, rotation: payload.rotation, events: [event])
            } else {
                try change.rejectStaged(of: cube.id, base: payload.base, events: [event])
            }
        } else {
            try change.recordEvent(
                writer.event(
                    .encode, .cube(cube.id), outcome: .skipped,
                    message: "base \(payload.base) is no longer current",
                    figures: ["version": Double(payload.base)]))
        }
        try finish(job, in: change)
        return report
    }

    private func event(
        _ report: EncodingReport, old: EncodingSummary?, new: EncodingSummary
    ) -> EventRecord {
        var figures = new.figures
        figures["oldVersion"] = old.map { Double($0.baseVersion) }
        figures["oldPSNRDecibels"] = old?.quality.psnrDecibels
        figures["oldLatentByteCount"] = old.map { Double($0.latentByteCount) }
        let action: ArchiveAction =
            switch report.outcome {
            case .improved: .flip
            case .kept: .keep
            default: .encode
            }
        return writer.event(
            action, .cube(report.id), outcome: action == .keep ? .refused : .done,
            message: "base \(new.baseVersion): \(report.outcome.rawValue)"
                + (new.grid.map { ", \($0)" } ?? ""), figures: figures)
    }

    func finish(_ job: JobRecord, in change: CatalogTransaction) throws {
        try change.finish(job.id, at: writer.now())
        try endRotationIfDone(in: change)
    }

    func endRotationIfDone(in change: CatalogTransaction) throws {
        guard let rotation = try change.finishRotationIfDone(at: writer.now()) else { return }
        try writer.recordEnd(of: rotation, in: change)
    }
}

extension EncodingSummary {
    /// What an event keeps of the encoding.
    var figures: [String: Double] {
        var figures = [
            "version": Double(baseVersion), "latentByteCount": Double(latentByteCount),
            "encodeSeconds": encodeSeconds, "meanSquaredError": quality.meanSquaredError,
        ]
        figures["psnrDecibels"] = quality.psnrDecibels
        return figures
    }
}
