import Archive
import Basics
import Catalog
import Cube
import CubeCodec
import Foundation
import MetaLearning
import TestSupport
import Testing

/// A base network's companion, which takes the scenes that the network has not seen.
@Suite struct CompanionTests {
    let fixture: ArchiveFixture
    let writer: ArchiveWriter

    /// An archive in which a doubling of a latent's bytes must bring a decibel.
    init() throws {
        fixture = try ArchiveFixture()
        let settings = """
            [field]
            hidden_layer_count = 3
            hidden_width = 32
            latent_count = 16
            [tiles]
            hidden_layer_count = 2
            hidden_width = 32
            latent_count = 16
            [training]
            held_out_percent = 0
            [rotation]
            decibels_per_doubling = 1.0
            gate_worse_percent = 100.0
            """
        try Data(settings.utf8).write(to: URL(filePath: fixture.path + "/cubevault.toml"))
        writer = try fixture.writer()
    }

    private func ingest(_ seed: Int) throws -> SHA256Digest {
        let binary = try fixture.scene("scene-\(seed)", seed: UInt64(seed), lines: 40)
        return try Ingestor(writer).ingest(IngestRequest(path: binary)).id
    }

    private func train(iterations: Int, from initial: Int? = nil) throws {
        var options = TrainingOptions()
        options.iterationLimit = iterations
        options.initialVersion = initial
        let version = try BaseTrainer(writer).train(options).version
        _ = try Rotator(writer).rotate(to: version, force: true)
    }

    /// Mean squared error of a cube's latent with and without smoothed seams; requires that the
    /// latent says to smooth them.
    private func errors(of cube: SHA256Digest) throws -> (smoothed: Double, plain: Double) {
        let archive = writer.archive
        let record = try archive.catalog.cube(cube)
        let description = record.description
        let encoding = try #require(try archive.catalog.currentEncoding(of: cube))
        let network = try archive.baseNetwork(encoding.baseVersion)
        var latent = try LatentBitstream.decode(
            encoding.latent, geometry: description.geometry, network: network
        ).latent
        #expect(latent.deblocking != nil)
        latent.deblocking = nil
        let plain = try FieldReconstruction(
            network: network, latent: latent, description: description)
        var meter = QualityMeter(nodataValue: description.nodataValue)
        let lines = 0..<description.geometry.lines
        meter.add(
            original: try archive.exactSource(of: record).read(lines: lines),
            reconstruction: try plain.read(lines: lines))
        return (encoding.summary.quality.meanSquaredError, meter.quality.meanSquaredError)
    }

    private func encoding(of cube: SHA256Digest) throws -> EncodingSummary {
        try #require(try writer.archive.catalog.currentEncoding(of: cube)).summary
    }

    @Test func `a scene that was not seen is encoded by tiles until a rotation has learnt it`()
        throws
    {
        let known = try [1, 2].map(ingest)
        try train(iterations: 1200)
        for cube in known { #expect(try encoding(of: cube).grid == "scene") }
        let unseen = try ingest(9)
        _ = try LatentUpdater(writer).encodePending()
        let first = try encoding(of: unseen)
        #expect(first.grid == "tiles 8x8")
        let errors = try errors(of: unseen)
        #expect(errors.smoothed < errors.plain)
        try train(iterations: 1600, from: 1)
        let later = try encoding(of: unseen)
        #expect(later.baseVersion == 2 && later.grid == "scene")
        #expect(later.latentByteCount < first.latentByteCount)
        #expect(
            try #require(later.quality.psnrDecibels) > #require(first.quality.psnrDecibels) + 3)
        #expect(try fixture.check().isSound)
    }

    @Test func `a companion that is tried on tiles without data says nothing`() throws {
        _ = try [1, 2].map(ingest)
        try train(iterations: 20)
        let binary = fixture.folder.file("sparse.img")
        // [bands][lines][samples]; two of 65,536 pixels have data, in one of 1,024 tiles.
        var samples = [UInt16](repeating: 0, count: 2 * 256 * 256)
        samples.replaceSubrange(0..<2, with: [5, 9])
        samples.replaceSubrange(65_536..<65_538, with: [7, 3])
        try samples.withUnsafeBytes { Data($0) }.write(to: URL(filePath: binary))
        let header = """
            ENVI
            samples = 256
            lines = 256
            bands = 2
            data type = 12
            interleave = bsq
            byte order = 0
            data ignore value = 0
            """
        try Data(header.utf8).write(to: URL(filePath: fixture.folder.file("sparse.hdr")))
        let cube = try Ingestor(writer).ingest(IngestRequest(path: binary)).id
        let reports = try LatentUpdater(writer).encodePending()
        #expect(reports.map(\.outcome) == [.encoded])
        #expect(try encoding(of: cube).quality.validSampleCount == 4)
    }

    @Test func `a network has no companion where none is wanted`() throws {
        let fixture = try ArchiveFixture()
        let path = URL(filePath: fixture.path + "/cubevault.toml")
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data(text.replacing("[tiles]", with: "[tiles]\ngrid = \"none\"").utf8).write(to: path)
        let writer = try fixture.writer()
        let binary = try fixture.scene("scene", seed: 1)
        _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        var options = TrainingOptions()
        options.iterationLimit = 5
        #expect(try BaseTrainer(writer).train(options).companions.isEmpty)
    }
}
