import BlobStore
import Cube
import CubeCodec
import Foundation
import TestSupport
import Testing

struct RealSceneTests {
    /// A scene of the folder by the name of its derived file; SalinasA is read as it came.
    private func scene(_ name: String) throws -> MemoryCube {
        guard name == "salinas_a" else {
            return try NumPyFixture.cube(at: RealScenes.path("derived/\(name).npy"))
        }
        let file = URL(fileURLWithPath: RealScenes.path("salinas-a/SalinasA_corrected.img"))
        let pixels = try Data(contentsOf: file).withUnsafeBytes { raw in
            (0..<raw.count / 2).map { raw.loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self) }
        }
        // 83 lines x 86 samples x 204 bands, interleaved by pixel.
        let values = (0..<pixels.count).map { pixels[$0 % 7138 * 204 + $0 / 7138] }
        return try .of(values, lines: 83, samples: 86, bands: 204, .int16)
    }

    /// Writes chunks as a blob.
    private func stored(_ chunks: MemoryChunks, in store: BlobStore) throws -> BlobReceipt {
        try store.write { writer in
            for chunk in chunks.chunks { try writer.append(chunk) }
        }
    }

    /// Bits per sample of the whole file, which were measured and must not grow.
    @Test(
        .enabled(if: RealScenes.areHere, RealScenes.absence),
        arguments: [
            ("jasper_ridge_100x100x198_u16", Fidelity.lossless, 6.18),
            ("jasper_ridge_100x100x224_u16", .lossless, 5.73),
            ("enmap_potsdam_64x128x224_i16", .lossless, 5.7),
            ("salinas_a", .lossless, 3.91),
            ("jasper_ridge_100x100x198_u16", .maximumError(5), 3.1),
        ])
    func `a real scene comes back from its blob and is small`(
        name: String, fidelity: Fidelity, limit: Double
    ) throws {
        let cube = try scene(name)
        let folder = try TemporaryFolder()
        try BlobStore.create(folder: folder.path)
        let store = BlobStore(folder: folder.path)
        let receipt = try stored(MemoryChunks(searched: cube, fidelity), in: store)
        let bitsPerSample = Double(receipt.storedByteCount) * 8 / Double(cube.block.sampleCount)
        #expect(bitsPerSample < limit)
        let differences = try stored(
            MemoryChunks(cube, fidelity, coder: .bandDifference), in: store)
        #expect(receipt.storedByteCount <= differences.storedByteCount)
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

    /// Bits per sample with the slow coder, which were measured and must not grow.
    @Test(
        .enabled(if: RealScenes.areHere, RealScenes.absence),
        arguments: [
            ("samson_95x95x156_u16", Fidelity.lossless, 1.89),
            ("salinas_a", .lossless, 3.2),
            ("samson_95x95x156_u16", .maximumError(2), 1),
        ])
    func `a real scene comes back from the slow coder and is smaller`(
        name: String, fidelity: Fidelity, limit: Double
    ) throws {
        let cube = try scene(name)
        let chunks = try MemoryChunks(cube, fidelity, coder: .best(sample: nil))
        #expect(chunks.coders == [3])
        let byteCount = chunks.chunks.reduce(0) { $0 + $1.count }
        #expect(Double(byteCount) * 8 / Double(cube.block.sampleCount) < limit)
        let decoded = try chunks.decoded(cube.description)
        if case .maximumError(let bound) = fidelity {
            let worst = zip(cube.block.doubles(), decoded.doubles()).map { abs($0 - $1) }.max()
            #expect((worst ?? .infinity) <= bound)
        } else {
            #expect(decoded == cube.block)
        }
    }
}
