import BlobStore
import Cube
import CubeCodec
import TestSupport
import Testing

struct RealSceneTests {
    /// Bits per sample of the whole file, which were measured and must not grow.
    @Test(
        .enabled(if: RealScenes.areHere, RealScenes.absence),
        arguments: [
            ("jasper_ridge_100x100x198_u16", Fidelity.lossless, 6.55),
            ("jasper_ridge_100x100x224_u16", .lossless, 6.05),
            ("samson_95x95x156_u16", .lossless, 3.1),
            ("pavia_centre_rosis_100x100x102_u16", .lossless, 6.25),
            ("enmap_potsdam_64x128x224_i16", .lossless, 6.0),
            ("jasper_ridge_100x100x198_u16", .maximumError(5), 3.65),
        ])
    func `a real scene comes back from its blob and is small`(
        name: String, fidelity: Fidelity, limit: Double
    ) throws {
        let cube = try NumPyFixture.cube(at: RealScenes.path("derived/\(name).npy"))
        let folder = try TemporaryFolder()
        try BlobStore.create(folder: folder.path)
        let store = BlobStore(folder: folder.path)
        let chunks = try MemoryChunks(cube, fidelity)
        let receipt = try store.write { writer in
            for chunk in chunks.chunks { try writer.append(chunk) }
        }
        let bitsPerSample = Double(receipt.storedByteCount) * 8 / Double(cube.block.sampleCount)
        #expect(bitsPerSample < limit)
        let source = try ExactCubeSource(
            description: cube.description, chunks: BlobChunks(reader: store.open(receipt.name)))
        let decoded = try source.read(lines: 0..<cube.description.geometry.lines)
        if case .maximumError(let bound) = fidelity {
            let worst = zip(cube.block.doubles(), decoded.doubles()).map { abs($0 - $1) }.max()
            #expect((worst ?? .infinity) <= bound)
        } else {
            #expect(decoded == cube.block)
        }
    }
}
