import Basics
import Catalog
import Cube

/// Which cubes a training may use: all but a few of every sensor, by which the network is judged.
struct TrainingCubes {
    /// Fewer cubes than this are all used.
    private static let leastCubeCount = 5
    /// Part of each sensor's cubes that is left out, in percent.
    let heldOutPercent: Double

    /// The cubes of `candidates` to train on. The same cubes are left out while none is added, and
    /// mostly afterwards: those with the highest IDs.
    func choose(
        from candidates: [SHA256Digest], in catalog: any CatalogReading
    ) throws -> [SHA256Digest] {
        guard candidates.count >= Self.leastCubeCount, heldOutPercent > 0 else {
            return candidates
        }
        let known = Set(candidates)
        let summaries = try catalog.search(CubeQuery()).filter { known.contains($0.id) }
        let kinds = Dictionary(grouping: summaries) { $0.sensor ?? "\($0.geometry.bands) bands" }
        var heldOut: Set<SHA256Digest> = []
        for cubes in kinds.values {
            let count = Int(Double(cubes.count) * heldOutPercent / 100)
            heldOut.formUnion(cubes.map(\.id).sorted().suffix(count))
        }
        if heldOut.isEmpty, let largest = kinds.values.max(by: { $0.count < $1.count }),
            largest.count >= Self.leastCubeCount
        {
            heldOut.formUnion(largest.map(\.id).sorted().suffix(1))
        }
        return candidates.filter { !heldOut.contains($0) }
    }
}
