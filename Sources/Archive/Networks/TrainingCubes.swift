import Basics
import Catalog
import Cube

/// Which cubes a training may use: all but a few of every sensor, by which the network is judged.
struct TrainingCubes {
    /// A sensor with fewer cubes than this has none to spare.
    private static let leastCubeCount = 5
    /// Part of each sensor's cubes that is left out, in percent.
    let heldOutPercent: Double

    /// The cubes of `candidates` to train on. Which are left out depends on a cube's ID alone, so
    /// that what judges one network does not teach the next.
    ///
    /// - Parameter learned: cubes that can judge nothing any longer, because the network that the
    ///   training goes on from has learned from them.
    func choose(
        from candidates: [SHA256Digest], learned: Set<SHA256Digest> = [],
        in catalog: any CatalogReading
    ) throws -> [SHA256Digest] {
        guard candidates.count >= Self.leastCubeCount, heldOutPercent > 0 else {
            return candidates
        }
        let known = Set(candidates)
        let summaries = try catalog.search(CubeQuery()).filter { known.contains($0.id) }
        let kinds = Dictionary(grouping: summaries) { $0.sensor ?? "\($0.geometry.bands) bands" }
            .mapValues { $0.map(\.id) }.filter { $0.value.count >= Self.leastCubeCount }
        var heldOut = Set(kinds.values.joined().filter { isHeldOut($0) && !learned.contains($0) })
        if heldOut.isEmpty {
            let largest = kinds.values.max { $0.count < $1.count } ?? []
            // The highest stays the highest until a new one is, which no network has learned from.
            heldOut.formUnion(largest.filter { !learned.contains($0) }.max().map { [$0] } ?? [])
        }
        return candidates.filter { !heldOut.contains($0) }
    }

    /// IDs are digests, so their first bits are evenly distributed.
    private func isHeldOut(_ id: SHA256Digest) -> Bool {
        let first = id.bytes.prefix(4).reduce(0.0) { $0 * 256 + Double($1) }
        return first >= 0x1p32 * (1 - heldOutPercent / 100)
    }
}
