import Basics

/// Chooses the cubes that a candidate is tried on: some of every kind, whatever the archive has
/// most of. Pure logic: the same cubes and version give the same choice.
public struct CanaryChooser: Sendable {
    /// A cube that may be chosen.
    public struct Cube: Sendable, Hashable {
        /// Its ID.
        public var id: SHA256Digest
        /// Its instrument, or its number of bands where that is unknown.
        public var sensor: String
        /// Its collection; empty for none.
        public var collection: String
        /// Samples of the whole cube.
        public var sampleCount: Int
        /// Whether the candidate was not trained on it.
        public var isHeldOut: Bool

        /// Describes a cube.
        public init(
            id: SHA256Digest, sensor: String, collection: String, sampleCount: Int,
            isHeldOut: Bool
        ) {
            self.id = id
            self.sensor = sensor
            self.collection = collection
            self.sampleCount = sampleCount
            self.isHeldOut = isHeldOut
        }
    }

    /// What the cubes of one kind have in common.
    private struct Stratum: Hashable {
        var sensor: String
        var collection: String
        /// Powers of sixteen: 16 Mi samples are one size, 256 Mi the next.
        var sizeClass: Int
        var isHeldOut: Bool
    }

    /// Seed of the choice within a stratum.
    public var seed: UInt64

    /// A chooser whose choice within each kind follows from a seed.
    public init(seed: UInt64) { self.seed = seed }

    /// At most `count` cubes, taken in turn from every stratum, those held out first.
    public func choose(_ count: Int, from cubes: [Cube]) -> [Cube] {
        let strata = Dictionary(grouping: cubes, by: stratum)
        var generator = SeededGenerator(seed: seed)
        var lists = strata.sorted { isBefore($0.key, $1.key) }.map { entry in
            entry.value.sorted { $0.id < $1.id }.shuffled(using: &generator)
        }
        var chosen: [Cube] = []
        while chosen.count < count, lists.contains(where: { !$0.isEmpty }) {
            for index in lists.indices where chosen.count < count {
                if let next = lists[index].popLast() { chosen.append(next) }
            }
        }
        return chosen
    }

    private func stratum(of cube: Cube) -> Stratum {
        let bits = max(1, cube.sampleCount).bitWidth - max(1, cube.sampleCount).leadingZeroBitCount
        return Stratum(
            sensor: cube.sensor, collection: cube.collection, sizeClass: bits / 4,
            isHeldOut: cube.isHeldOut)
    }

    private func isBefore(_ one: Stratum, _ other: Stratum) -> Bool {
        if one.isHeldOut != other.isHeldOut { return one.isHeldOut }
        return (one.sensor, one.collection, one.sizeClass)
            < (other.sensor, other.collection, other.sizeClass)
    }
}
