import Archive
import Basics
import Catalog
import Cube
import Foundation
import TestSupport
import Testing

/// Planning a training and a rotation for ten thousand cubes takes a moment and little memory.
@Suite struct PlanningScaleTests {
    private static let cubeCount = 10_000
    /// Of a processor.
    private static let planningSeconds = 2.0
    private static let peakByteCount = 200 << 20
    let fixture: ArchiveFixture

    /// A network that is current, a candidate, and records of cubes whose blobs do not exist.
    init() throws {
        fixture = try ArchiveFixture()
        let writer = try fixture.writer()
        for seed in 1...2 {
            let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed))
            _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        }
        _ = try BaseTrainer(writer).train()
        _ = try Rotator(writer).rotate()
        var options = TrainingOptions()
        options.seed = 2
        _ = try BaseTrainer(writer).train(options)
        let blob = BlobRecord(
            digest: Self.digest("exact"), kind: "exact", contentByteCount: 10,
            storedByteCount: 10, chunkCount: 1, createdAt: Date())
        try writer.catalog.batch { change in
            try change.addBlobs([blob])
            for index in 0..<Self.cubeCount {
                _ = try change.addCube(
                    Self.cube(index), blobs: [], encoding: Self.encoding(index))
            }
        }
    }

    private static func digest(_ text: String) -> SHA256Digest {
        SHA256Hasher.digest(of: Array(text.utf8))
    }

    private static func cube(_ index: Int) throws -> CubeRecord {
        let geometry = try CubeGeometry(lines: 100, samples: 100, bands: 50)
        let description = CubeDescription(
            geometry: geometry, sampleType: .uint16,
            bands: (0..<geometry.bands).map {
                BandDescription(wavelengthNanometers: 400 + Double($0) * 40)
            }, sensor: "sensor \(index % 5)", text: "flight line \(index)")
        return CubeRecord(
            id: digest("cube \(index)"), name: "scene_\(index)", format: "envi",
            description: description, collection: "collection \(index % 10)",
            tags: ["site": "\(index % 100)"], fidelity: "lossless", exactBlob: digest("exact"),
            exactStoredByteCount: 10, maximumAbsoluteError: 0, ingestedAt: Date(),
            sourceFiles: [
                SourceFileRecord(
                    role: "samples", fileName: "scene_\(index).img", byteCount: 1000,
                    sha256: digest("cube \(index)"), storage: .notKept)
            ])
    }

    /// The same latent for all of them, which no test decodes.
    private static func encoding(_ index: Int) -> NewEncoding {
        NewEncoding(
            baseVersion: 1, latent: [UInt8](repeating: UInt8(index % 256), count: 64),
            quality: ReconstructionQuality(
                meanSquaredError: 0.25, psnrDecibels: 38.5, maximumAbsoluteError: 4,
                meanSpectralAngleDegrees: 1.5, validSampleCount: 400),
            createdAt: Date(), encodeSeconds: 0.03)
    }

    @Test func `ten thousand cubes are planned for in two processor seconds and 200 MiB`() async {
        // A process of its own, so that its peak is that of planning alone.
        let child = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [path = fixture.path as String] in
            let writer = try ArchiveWriter(opening: path)
            let stop = StopToken()
            stop.request()
            let start = ProcessorClock.processSeconds()
            #expect(throws: BasicsError.stopped, "planned, and interrupted at the first cube") {
                try BaseTrainer(writer).train(stop: stop)
            }
            let training = ProcessorClock.processSeconds()
            let report = try Rotator(writer).begin(to: 2, force: true)
            let end = ProcessorClock.processSeconds()
            let peak = try ProcessMemory.peakByteCount()
            #expect(report.pendingCubeCount == Self.cubeCount + 2)
            #expect(training - start < Self.planningSeconds)
            #expect(end - training < Self.planningSeconds)
            #expect(peak < Self.peakByteCount)
            print(
                "10,000 cubes: a training is planned in \(training - start) s of a processor, a "
                    + "rotation in \(end - training) s, with a peak of \(peak >> 20) MiB")
        }
        print(String(decoding: child?.standardOutputContent ?? [], as: UTF8.self))
    }
}
