import ArgumentParser
import Cube

/// Bands to restore: indices counted from 0 and ranges of them, such as `5,50,100-119`, in the
/// order in which they are wanted.
struct BandList: ExpressibleByArgument, Equatable {
    /// Kept as ranges, so that a list can be checked against a cube before it takes memory.
    private let ranges: [ClosedRange<Int>]

    /// Reads the text; nil where it is no list of indices.
    init?(argument: String) {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        let ranges = fields.compactMap(Self.range)
        guard !ranges.isEmpty, ranges.count == fields.count else { return nil }
        self.ranges = ranges
    }

    /// The indices, in the order of the list.
    ///
    /// - Throws: ``Cube/CubeError/outsideCube(request:geometry:)`` where a band is not in the
    ///   cube, ``CommandLineError/badRequest(reason:)`` where one is named twice.
    func indices(in geometry: CubeGeometry) throws -> [Int] {
        for range in ranges {
            try geometry.check(bandIndices: [range.lowerBound, range.upperBound])
        }
        let count = ranges.reduce(0) { $0 + $1.count }
        guard count <= geometry.bands else { throw Self.namedTwice }
        let indices = ranges.flatMap { Array($0) }
        guard Set(indices).count == indices.count else { throw Self.namedTwice }
        return indices
    }

    private static let namedTwice = CommandLineError.badRequest(
        reason: "--bands names a band twice")

    private static func range(_ field: Substring) -> ClosedRange<Int>? {
        let ends = field.split(separator: "-", omittingEmptySubsequences: false)
            .map { Int($0.drop { $0 == " " }) }
        guard ends.count <= 2, let low = ends[0], let high = ends[ends.count - 1], low >= 0,
            low <= high
        else { return nil }
        return low...high
    }
}
