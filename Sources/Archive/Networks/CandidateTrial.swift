import Basics
import Catalog
import Cube
import Foundation
import MetaLearning

/// Tries a base network on a choice of cubes against the latents that they have now, from exact
/// samples, changing nothing.
struct CandidateTrial {
    let archive: Archive
    let now: @Sendable () -> Date

    /// What a trial found, and the encodings that it made on the way.
    struct Result {
        var report: GateReport
        var encodings: [(cube: SHA256Digest, encoding: NewEncoding)]
    }

    private var settings: RotationSettings { archive.settings.rotation }

    /// Tries a version.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``, and what reading the network throws. A cube
    ///   that cannot be read or encoded is part of the report.
    func run(_ version: Int, stop: StopToken, progress: ProgressSink?) throws -> Result {
        let encoder = try CubeEncoder(archive, version: version, now: now)
        let canary = CanaryChooser(seed: UInt64(version)).choose(
            settings.canaryCubeCount,
            from: try archive.canaryCubes(learned: archive.cubesLearned(by: version)))
        var reports: [CanaryReport] = []
        var encodings: [(cube: SHA256Digest, encoding: NewEncoding)] = []
        for (index, choice) in canary.enumerated() {
            try stop.check()
            let cube = try archive.catalog.cube(choice.id)
            progress?(
                ProgressReport(
                    activity: "trying", subject: cube.name, completedCount: index,
                    totalCount: canary.count, unit: "cubes"))
            let (report, encoding) = try attempt(cube, choice, encoder, stop, progress)
            reports.append(report)
            if let encoding { encodings.append((cube.id, encoding)) }
        }
        let old = try archive.catalog.currentBase()?.version
        let report = Gate(settings).judge(
            version: version, against: old == version ? nil : old, cubes: reports)
        return Result(report: report, encodings: encodings)
    }

    private func attempt(
        _ cube: CubeRecord, _ choice: CanaryChooser.Cube, _ encoder: CubeEncoder,
        _ stop: StopToken, _ progress: ProgressSink?
    ) throws -> (CanaryReport, NewEncoding?) {
        let old = try archive.catalog.currentEncoding(of: cube.id)?.summary
        let bitsPerByte = 8 / Double(cube.description.geometry.sampleCount)
        var report = CanaryReport(
            id: cube.id, name: cube.name, sensor: choice.sensor, isHeldOut: choice.isHeldOut,
            oldPSNRDecibels: old?.quality.psnrDecibels,
            oldBitsPerSample: old.map { Double($0.latentByteCount) * bitsPerByte },
            oldSeconds: old?.encodeSeconds)
        do {
            let new = try encoder.encode(cube, stop: stop, progress: progress)
            report.newPSNRDecibels = new.quality.psnrDecibels
            report.newBitsPerSample = Double(new.latent.count) * bitsPerByte
            report.newSeconds = new.encodeSeconds
            report.gainDecibels = old.map { gain(from: $0, to: new) }
            return (report, new)
        } catch let error as any CubevaultError where !error.mustEndTheProcess {
            report.reason = error.description
            return (report, nil)
        }
    }

    /// Whichever covers more samples is the better one, as it is when cubes are switched.
    private func gain(from old: EncodingSummary, to new: NewEncoding) -> Double {
        let before = EncodingRule.Measure(old)
        let after = EncodingRule.Measure(new.quality, byteCount: new.latent.count)
        let gain = EncodingRule(settings).gain(
            from: before, to: after,
            squaredPeak: new.quality.squaredPeak ?? old.quality.squaredPeak ?? 0)
        if after.validSampleCount > before.validSampleCount {
            return max(gain, settings.gateGainDecibels)
        }
        return after.validSampleCount < before.validSampleCount ? min(gain, -1) : gain
    }
}

extension Archive {
    /// How a base network came to be.
    func trainingManifest(_ version: Int) throws -> TrainingManifest {
        let record = try catalog.base(version)
        return try JSONCoding.decoder.decode(
            TrainingManifest.self, from: Data(record.manifest.utf8))
    }

    /// Tries a base network on a choice of cubes, changing nothing: what `base rotate` would decide
    /// by. nil takes the newest candidate.
    ///
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)`` and what reading throws.
    public func tryCandidate(
        _ version: Int? = nil, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> GateReport {
        guard let version = try version ?? newestCandidate() else {
            throw ArchiveError.noBaseNetwork(version: "that could become current")
        }
        return try CandidateTrial(archive: self, now: { Date() })
            .run(version, stop: stop, progress: progress).report
    }

    /// A candidate older than the current network was passed over on purpose, so only its number
    /// rotates to it.
    func newestCandidate() throws -> Int? {
        let current = try catalog.currentBase()?.version ?? 0
        return try catalog.bases()
            .filter { $0.state == .candidate && $0.version > current }.map(\.version).max()
    }
}
