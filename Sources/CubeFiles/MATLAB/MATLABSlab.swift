/// A box of an array of two or three dimensions, over the whole of its first one.
package struct MATLABSlab {
    /// First index along each dimension; the first is 0.
    package let start: [Int]
    /// Extent along each dimension; the first is the array's.
    package let edge: [Int]

    /// Number of values.
    package var valueCount: Int { edge.reduce(1, *) }

    /// Slabs that cover an array, of about `limit` values at most, cut only where compressed pieces
    /// end: a piece that lies in two slabs would be inflated twice.
    ///
    /// - Parameter chunk: extents of a compressed piece; 0 means any.
    package static func covering(
        _ dimensions: [Int], chunk: [Int], atMostValues limit: Int
    ) -> [MATLABSlab] {
        let hasBands = dimensions.count == 3
        let samples = dimensions[1]
        let bands = hasBands ? dimensions[2] : 1
        let chunkSamples = extent(chunk, 1, of: samples)
        let chunkBands = hasBands ? extent(chunk, 2, of: bands) : 1
        let rowCount = limit / (dimensions[0] * chunkSamples * chunkBands)
        let rowsPerBandRun = (samples + chunkSamples - 1) / chunkSamples
        // As many whole runs of bands as fit, otherwise one run of bands cut along the samples.
        let bandStep = chunkBands * max(1, rowCount / rowsPerBandRun)
        let sampleStep =
            rowCount >= rowsPerBandRun ? samples : chunkSamples * max(1, rowCount)
        var slabs: [MATLABSlab] = []
        for band in stride(from: 0, to: bands, by: bandStep) {
            for sample in stride(from: 0, to: samples, by: sampleStep) {
                let sampleCount = min(sampleStep, samples - sample)
                let bandCount = min(bandStep, bands - band)
                slabs.append(
                    MATLABSlab(
                        start: [0, sample] + (hasBands ? [band] : []),
                        edge: [dimensions[0], sampleCount] + (hasBands ? [bandCount] : [])))
            }
        }
        return slabs
    }

    /// Runs of columns (along the first dimension) in the order of the slab's values, as indices in
    /// the whole array; no run is longer than `limit`.
    package func columnRuns(ofAtMost limit: Int, dimensions: [Int]) -> [Range<Int>] {
        let bands = start.count == 3 ? start[2]..<start[2] + edge[2] : 0..<1
        return bands.flatMap { band in
            let first = band * dimensions[1] + start[1]
            return stride(from: first, to: first + edge[1], by: limit).map {
                $0..<min($0 + limit, first + edge[1])
            }
        }
    }

    private static func extent(_ chunk: [Int], _ index: Int, of length: Int) -> Int {
        guard chunk.indices.contains(index), chunk[index] > 0 else { return 1 }
        return min(chunk[index], length)
    }
}
