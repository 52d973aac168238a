import Basics
import Catalog
import Cube
import Foundation
import MetaLearning

/// Gives cubes their latents: the first one, or a better one after a rotation.
///
/// Each cube is flipped in one transaction, and an attempt that was no improvement is recorded
/// beside the old encoding, so an interrupted run goes on where it stopped.
public struct LatentUpdater: Sendable {
    let writer: ArchiveWriter

    /// An updater of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Encodes every cube that the current base network has not tried yet.
    ///
    /// - Returns: a report per cube; empty where there is no current base network.
    public func encodePending(
        stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> [EncodingReport] {
        guard let base = try writer.archive.catalog.currentBase() else { return [] }
        let pending = try writer.archive.catalog.cubesWithoutEncoding(base: base.version)
        if pending.isEmpty { return [] }
        let encoder = try CubeEncoder(writer, version: base.version)
        return try pending.enumerated().map { index, id in
            try stop.check()
            let cube = try writer.archive.existingCube(id)
            progress?(
                ProgressReport(
                    activity: "encoding", subject: cube.name, completedCount: index,
                    totalCount: pending.count, unit: "cubes"))
            return try update(cube, with: encoder, stop: stop, progress: progress)
        }
    }

    private func update(
        _ cube: CubeRecord, with encoder: CubeEncoder, stop: StopToken, progress: ProgressSink?
    ) throws -> EncodingReport {
        let old = try writer.archive.catalog.currentEncoding(of: cube.id)
        let new: EncodingRecord
        do {
            new = try encoder.encode(cube, stop: stop, progress: progress)
        } catch let error as MetaLearningError where error.isAboutTheScene {
            return try recordUnencodable(cube, encoder.version, reason: error.description)
        }
        let isBetter = old.map { new.isBetter(than: $0) } ?? true
        let outcome: EncodingReport.Outcome =
            old == nil ? .encoded : (isBetter ? .improved : .kept)
        try writer.operations.reached("encode.before-flip")
        try writer.catalog.flipEncoding(
            cube.id, to: new, makesCurrent: isBetter,
            events: [
                writer.event(
                    .encode, .cube(cube.id), outcome: outcome.rawValue,
                    message: "base \(encoder.version)", figures: new.figures)
            ])
        try writer.operations.reached("encode.flipped")
        if cube.fidelity == Fidelity.latent.description { try discardExact(cube) }
        return EncodingReport(
            id: cube.id, name: cube.name, outcome: outcome,
            oldPSNRDecibels: old?.quality.psnrDecibels, newPSNRDecibels: new.quality.psnrDecibels,
            latentByteCount: new.latent.count)
    }
}
