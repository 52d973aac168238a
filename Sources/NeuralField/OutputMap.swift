/// A sparse linear map from a network's outputs to the bands of one cube: each row is a weighted
/// sum of zero, one or two outputs.
///
/// Invariant: every index is inside 0..<outputCount, every weight is finite.
public struct OutputMap: Hashable, Sendable {
    /// One weighted output.
    public struct Term: Hashable, Sendable {
        /// Index of the network's output.
        public let outputIndex: Int
        /// Its factor.
        public let weight: Float

        /// A weighted output.
        public init(outputIndex: Int, weight: Float) {
            self.outputIndex = outputIndex
            self.weight = weight
        }
    }

    /// Number of outputs of the network that is mapped.
    public let outputCount: Int
    /// The terms of each row.
    public let rows: [[Term]]

    /// A map from `outputCount` outputs; the terms must be inside them.
    public init(outputCount: Int, rows: [[Term]]) {
        precondition(
            rows.joined().allSatisfy {
                (0..<outputCount).contains($0.outputIndex) && $0.weight.isFinite
            }, "an output map names outputs of its network")
        self.outputCount = outputCount
        self.rows = rows
    }

    /// The map that selects some outputs, in the given order.
    public init(outputCount: Int, selecting indices: [Int]) {
        self.init(
            outputCount: outputCount, rows: indices.map { [Term(outputIndex: $0, weight: 1)] })
    }
}
