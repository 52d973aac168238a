import Archive
import Basics
import Catalog
import Cube
import Foundation
import TestSupport
import Testing

/// Restoring at wavelengths instead of bands.
@Suite struct WavelengthTests {
    let fixture: ArchiveFixture
    let writer: ArchiveWriter
    let cube: CubeRecord

    init() throws {
        fixture = try ArchiveFixture()
        writer = try fixture.writer()
        let binary = try fixture.scene("scene")
        _ = try Ingestor(writer).ingest(IngestRequest(path: binary))
        _ = try BaseTrainer(writer).train()
        _ = try Rotator(writer).rotate()
        cube = try writer.archive.catalog.cube(writer.archive.catalog.resolve("scene"))
    }

    private func centers() throws -> [Double] {
        try #require(cube.description.wavelengthsNanometers)
    }

    @Test func `exact samples are those of the nearest bands, which the report names`() throws {
        let centers = try centers()
        let wanted = [centers[7] + 1, centers[2] - 1]
        let samples = try writer.archive.samples(of: cube, from: .exact, wavelengths: wanted)
        #expect(samples.bandIndices == [7, 2])
        #expect(samples.wavelengthsNanometers == [centers[7], centers[2]])
        var request = RestoreRequest()
        request.wavelengthsNanometers = wanted
        request.format = .npy
        request.output = fixture.folder.file("two.npy")
        let report = try Restorer(writer.archive).restore(cube.id, request)
        #expect(report.geometry.bands == 2)
        #expect(report.wavelengthsNanometers == [centers[7], centers[2]])
        let whole = try SceneReader(path: fixture.folder.file("scene.img"))
        let restored = try SceneReader(path: fixture.folder.file("two.npy"))
        let window = CubeWindow(whole: restored.description.geometry)
        #expect(
            try restored.read(window, bandIndices: [0, 1]).bytes
                == whole.read(window, bandIndices: [7, 2]).bytes)
    }

    @Test func `a latent at its bands' own centres is the latent's bands`() throws {
        let centers = try centers()
        let whole = try writer.archive.samples(of: cube, from: .latent).source
        let picked = try writer.archive.samples(
            of: cube, from: .latent, wavelengths: [centers[9], centers[4]])
        #expect(picked.wavelengthsNanometers == [centers[9], centers[4]])
        let window = CubeWindow(whole: picked.source.description.geometry)
        #expect(
            try picked.source.read(window, bandIndices: [0, 1]).bytes
                == whole.read(window, bandIndices: [9, 4]).bytes)
    }

    @Test func `between two bands a latent lies between their values`() throws {
        let centers = try centers()
        let middle = (centers[9] + centers[10]) / 2
        let picked = try writer.archive.samples(
            of: cube, from: .latent, wavelengths: [centers[9], middle, centers[10]]
        ).source
        let block = try picked.read(
            CubeWindow(whole: picked.description.geometry), bandIndices: [0, 1, 2])
        let planes = (0..<3).map { block.plane(ofBandAt: $0) }
        for pixel in planes[0].indices {
            let mean = (planes[0][pixel] + planes[2][pixel]) / 2
            #expect(abs(planes[1][pixel] - mean) <= 1.5)
        }
    }

    @Test func `wavelengths that the cube does not see, or the same twice, are refused`() throws {
        let centers = try centers()
        for source in [RestoreRequest.Source.exact, .latent] {
            for wavelengths in [[3000], [centers[0] - 100], [centers[3], centers[3]]] {
                #expect(throws: (any Error).self) {
                    try writer.archive.samples(
                        of: cube, from: source, wavelengths: wavelengths)
                }
            }
        }
        #expect(throws: ArchiveError.self, "one band cannot stand for two wavelengths") {
            try writer.archive.samples(
                of: cube, from: .exact, wavelengths: [centers[3], centers[3] + 0.5])
        }
    }
}
