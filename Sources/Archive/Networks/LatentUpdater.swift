import Basics
import BlobStore
import Catalog
import Cube
import Foundation
import CubeCodec
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
        let pending = try writer.archive.catalog.cubesNeedingEncoding(base: base.version)
        if pending.isEmpty { return [] }
        let encoder = try CubeEncoder(writer, version: base.version)
        return try pending.enumerated().map { index, id in
            try stop.check()
            let cube = try writer.archive.catalog.cube(id)
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
        let new: NewEncoding
        do {
            new = try encoder.encode(cube, stop: stop, progress: progress)
        } catch let error as MetaLearningError where error.isAboutTheScene {
            return try recordUnencodable(
                cube, encoder.version, reason: error.description)
        }
        let isBetter = old.map { new.quality.isBetter(than: $0.quality) } ?? true
        let outcome: EncodingReport.Outcome =
            old == nil ? .encoded : (isBetter ? .improved : .kept)
        try writer.operations.reached("encode.before-flip")
        let event = writer.event(
            .encode, .cube(cube.id), outcome: isBetter ? .done : .refused,
            message: "base \(encoder.version): \(outcome.rawValue)", figures: new.figures)
        if isBetter {
            try writer.catalog.flipEncoding(of: cube.id, to: new, events: [event])
        } else {
            try writer.catalog.rejectEncoding(of: cube.id, new, events: [event])
        }
        try writer.operations.reached("encode.flipped")
        try discardExactWhereAgreed(cube)
        return EncodingReport(
            id: cube.id, name: cube.name, outcome: outcome,
            oldPSNRDecibels: old?.quality.psnrDecibels, newPSNRDecibels: new.quality.psnrDecibels,
            latentByteCount: new.latent.count)
    }

    /// Records that a cube has nothing to learn, so that it is not tried again.
    private func recordUnencodable(
        _ cube: CubeRecord, _ version: Int, reason: String
    ) throws -> EncodingReport {
        let nothing = NewEncoding(
            baseVersion: version, latent: [],
            quality: ReconstructionQuality(
                meanSquaredError: 0, psnrDecibels: nil, maximumAbsoluteError: 0,
                meanSpectralAngleDegrees: nil, validSampleCount: 0),
            createdAt: writer.now(), encodeSeconds: 0)
        try writer.catalog.rejectEncoding(
            of: cube.id, nothing,
            events: [writer.event(.encode, .cube(cube.id), outcome: .skipped, message: reason)])
        return EncodingReport(
            id: cube.id, name: cube.name, outcome: .unencodable, latentByteCount: 0,
            reason: reason)
    }

    /// Gives up the exact samples of a cube whose owner asked for that, now that its latent is in
    /// the catalog. The blob goes after the row that referred to it.
    private func discardExactWhereAgreed(_ cube: CubeRecord) throws {
        guard cube.fidelity == Fidelity.latent.description, cube.exactBlob != nil else { return }
        let event = writer.event(.discard, .cube(cube.id), message: "fidelity latent")
        let blobs = try writer.catalog.batch {
            try $0.discardExactSamples(of: cube.id, events: [event])
        }
        try writer.operations.reached("discard.committed")
        for blob in blobs { try writer.archive.blobs.remove(blob) }
    }
}

extension ReconstructionQuality {
    /// Whether this reconstruction has the smaller error of two of the same cube.
    func isBetter(than other: ReconstructionQuality) -> Bool {
        meanSquaredError < other.meanSquaredError
    }
}

extension NewEncoding {
    /// What an event keeps of the encoding.
    var figures: [String: Double] {
        var figures = [
            "latentByteCount": Double(latent.count), "encodeSeconds": encodeSeconds,
            "meanSquaredError": quality.meanSquaredError,
        ]
        figures["psnrDecibels"] = quality.psnrDecibels
        return figures
    }
}
