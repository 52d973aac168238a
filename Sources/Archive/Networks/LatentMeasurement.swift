import Basics
import Cube
import CubeCodec
import MetaLearning

/// Measures what latents of one cube decode to, against its samples as they are kept.
struct LatentMeasurement {
    let exact: ExactCubeSource
    let description: CubeDescription
    let base: BaseNetwork

    /// The quality of each latent over some of the cube's blocks, each of which is read once.
    ///
    /// - Parameters:
    ///   - latents: at least one, all for the same network and bands.
    ///   - handOn: called in order, with each block's lines as soon as they are measured.
    /// - Throws: what reading the samples and decoding throw.
    func qualities(
        of latents: [SceneLatent], blocks: [Range<Int>], stop: StopToken,
        handOn: (Range<Int>) -> Void = { _ in }
    ) throws -> [ReconstructionQuality] {
        let start = QualityMeter(
            nodataValue: description.nodataValue,
            includedBands: try base.network(of: latents[0])
                .decodedBands(of: description, latents[0]))
        // Where blocks are decoded side by side, each by one thread.
        let reconstructions = try latents.map {
            try FieldReconstruction(
                network: base, latent: $0, description: description,
                threadCount: blocks.count > 1 ? 1 : OrderedWork.processorCount)
        }
        var sums = [QualityMeter](repeating: start, count: latents.count)
        // Each block is measured by itself and the blocks are summed in order, so that the figures
        // do not depend on the number of threads.
        try OrderedWork.run(
            count: blocks.count, threadCount: OrderedWork.processorCount, stop: stop
        ) { index in
            let original = try exact.read(lines: blocks[index])
            return try reconstructions.map { reconstruction in
                var meter = start
                meter.add(
                    original: original,
                    reconstruction: try reconstruction.read(lines: blocks[index]))
                return meter
            }
        } handOn: { index, meters in
            for (latent, meter) in meters.enumerated() { sums[latent].add(meter) }
            handOn(blocks[index])
        }
        return sums.map(\.quality)
    }
}
