import Basics
import BlobStore
import Catalog
import Cube
import CubeCodec
import Foundation
import MetaLearning

/// Proves that an archive is sound, changing nothing.
public struct Checker: Sendable {
    let archive: Archive

    /// A checker of one archive.
    public init(_ archive: Archive) { self.archive = archive }

    /// Checks that the catalog is consistent and every blob it refers to is there with the right
    /// size; with `readsData`, also that every blob has the content its name promises, that every
    /// base network can be read and decodes its golden latents as it did when it was made, that
    /// every cube decodes, and that every latent does.
    public func check(
        readsData: Bool, stop: StopToken = StopToken(), progress: ProgressSink? = nil
    ) throws -> CheckReport {
        var report = CheckReport()
        report.problems = try archive.catalog.integrityCheck(thorough: readsData).map {
            CheckReport.Problem(kind: "catalog", object: "catalog.sqlite", reason: $0)
        }
        try checkBlobs(&report, readsData, stop, progress)
        if readsData { try checkBases(&report, stop) }
        let cubes = try archive.catalog.search(CubeQuery()).map(\.id)
        for (index, id) in cubes.enumerated() {
            try stop.check()
            report.cubeCount += 1
            if readsData {
                progress?(
                    ProgressReport(
                        activity: "checking", subject: "cubes", completedCount: index,
                        totalCount: cubes.count, unit: "cubes"))
                try checkCube(id, &report, stop)
            }
        }
        return report
    }

    private func checkBlobs(
        _ report: inout CheckReport, _ readsData: Bool, _ stop: StopToken,
        _ progress: ProgressSink?
    ) throws {
        let referenced = try archive.catalog.referencedBlobs()
        let stored = Set(try archive.blobs.names())
        report.unreferencedBlobCount = stored.subtracting(referenced).count
        for (index, name) in referenced.sorted().enumerated() {
            try stop.check()
            report.blobCount += 1
            progress?(
                ProgressReport(
                    activity: "checking", subject: "blobs", completedCount: index,
                    totalCount: referenced.count, unit: "blobs"))
            report.verifiedByteCount +=
                try gather("blob", name.hexadecimal, &report) {
                    if !readsData {
                        _ = try archive.blobs.open(name)
                        return 0
                    }
                    try archive.blobs.verify(name, stop: stop)
                    return try archive.blobs.storedByteCount(of: name)
                } ?? 0
        }
    }

    /// Every network, whether or not a latent needs it: a rollback or a rotation may.
    private func checkBases(_ report: inout CheckReport, _ stop: StopToken) throws {
        for base in try archive.catalog.bases() {
            try stop.check()
            _ = try gather("base", String(base.version), &report) {
                try archive.baseNetwork(base.version)
            }
        }
    }

    private func checkCube(
        _ id: SHA256Digest, _ report: inout CheckReport, _ stop: StopToken
    ) throws {
        var lost: [LostRegion] = []
        var repairs: [String] = []
        _ = try gather("cube", id.hexadecimal, &report) {
            let cube = try archive.catalog.cube(id)
            if cube.exactBlob != nil {
                let source = try archive.exactSource(of: cube, salvages: true)
                repairs = source.repairs
                lost = try lostRegions(of: source, stop)
            }
            for summary in try archive.catalog.encodings(of: id) where summary.latentByteCount > 0 {
                guard let encoding = try archive.catalog.encoding(of: id, base: summary.baseVersion)
                else { continue }
                let corner = CubeWindow(lines: 0..<1, samples: 0..<1)
                _ = try archive.reconstruction(of: cube, from: encoding)
                    .read(corner, bandIndices: [0])
            }
        }
        report.problems += repairs.map { repair in
            CheckReport.Problem(
                kind: "cube", object: id.hexadecimal,
                reason: "of its exact samples: \(repair) ('restore --salvage')")
        }
        report.problems += lost.map { region in
            CheckReport.Problem(
                kind: "cube", object: id.hexadecimal,
                reason: "\(region.placeDescription) are lost: \(region.reason); "
                    + "'restore --salvage' gives the rest",
                lostRegion: region)
        }
    }

    /// Decodes every block of a cube; whatever one of them takes with it does not hide the others.
    private func lostRegions(
        of source: ExactCubeSource, _ stop: StopToken
    ) throws -> [LostRegion] {
        var lost: [LostRegion] = []
        let geometry = source.description.geometry
        try source.readBlocks(
            CubeWindow(whole: geometry), bandIndices: Array(0..<geometry.bands), stop: stop,
            onLoss: { lost.append($0) }, body: { _ in })
        return lost
    }

    /// Turns damage into a problem of the report; interruption and everything else goes on up.
    private func gather<Result>(
        _ kind: String, _ object: String, _ report: inout CheckReport,
        _ body: () throws -> Result
    ) throws -> Result? {
        do { return try body() } catch let error as any CubevaultError {
            if error.exitStatus == .interrupted { throw error }
            report.problems.append(
                CheckReport.Problem(kind: kind, object: object, reason: error.description))
            return nil
        }
    }
}
