import Basics
import BlobStore
import Catalog
import Cube
import CubeCodec
import Foundation

/// What becomes of a cube that gets no new latent, or needs no samples beside it.
extension EncodingQueue {
    /// Records that a cube has nothing to learn, so that it is not tried again.
    func refuse(
        _ job: JobRecord, _ payload: Payload, _ cube: CubeRecord, reason: String
    ) throws -> EncodingReport {
        let nothing = NewEncoding(
            baseVersion: payload.base, latent: [],
            quality: ReconstructionQuality(
                meanSquaredError: 0, psnrDecibels: nil, maximumAbsoluteError: 0,
                meanSpectralAngleDegrees: nil, validSampleCount: 0),
            createdAt: writer.now(), encodeSeconds: 0)
        let event = writer.event(
            .encode, .cube(cube.id), outcome: .skipped, message: reason,
            figures: ["version": Double(payload.base)])
        try writer.catalog.batch { change in
            try change.rejectEncoding(of: cube.id, nothing, events: [event])
            try finish(job, in: change)
        }
        return EncodingReport(
            id: cube.id, name: cube.name, outcome: .unencodable, latentByteCount: 0,
            reason: reason)
    }

    /// Gives a job up, or puts it off where it is the disk that is full.
    func fail(
        _ job: JobRecord, _ payload: Payload, _ cube: CubeRecord, _ error: any CubevaultError
    ) throws -> EncodingReport {
        let retry = error.isFullDisk ? writer.now().addingTimeInterval(Self.retrySeconds) : nil
        try writer.catalog.batch { change in
            try change.fail(job.id, error: error.description, retryAt: retry, at: writer.now())
            try change.recordEvent(
                writer.event(
                    .encode, .cube(cube.id), outcome: .failed, message: error.description,
                    figures: ["version": Double(payload.base)]))
            try endRotationIfDone(in: change)
        }
        return EncodingReport(
            id: cube.id, name: cube.name, outcome: .failed, latentByteCount: 0,
            reason: error.description)
    }

    /// Gives up the exact samples of a cube whose owner asked for that, now that its latent is in
    /// the catalog.
    func discardExactWhereAgreed(_ cube: CubeRecord, _ report: EncodingReport) throws {
        guard cube.fidelity == Fidelity.latent.description,
            report.outcome == .encoded || report.outcome == .improved || report.outcome == .kept
        else { return }
        try discardExact(of: cube.id)
    }

    /// The blob goes after the row that referred to it.
    func discardExact(of cube: SHA256Digest) throws {
        let event = writer.event(.discard, .cube(cube), message: "fidelity latent")
        try writer.intakes.whileNoneIsOpen {
            let blobs = try writer.catalog.batch { change in
                // Another thread may have done it meanwhile.
                let isThere = try change.queries.cube(cube).exactBlob != nil
                return isThere
                    ? try change.discardExactSamples(of: cube, events: [event]) : []
            }
            try writer.operations.reached(RotationStep.exactDiscarded)
            for blob in blobs { try writer.archive.blobs.remove(blob) }
        }
    }
}
