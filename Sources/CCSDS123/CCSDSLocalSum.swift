/// Which neighbours the local sum weighs (4.4). Raw values are those of the stream's header.
public enum CCSDSLocalSum: Int, Sendable, Codable, CaseIterable {
    /// West, north-west, north and north-east (eq. 20).
    case wideNeighbor = 0
    /// North-west, twice north, and north-east (eq. 21): without the sample just before.
    case narrowNeighbor = 1
    /// Four times north (eq. 22).
    case wideColumn = 2
    /// Four times north, and the previous band in the first line (eq. 23).
    case narrowColumn = 3

    /// Whether the sum needs a second column.
    public var isNeighborOriented: Bool { self == .wideNeighbor || self == .narrowNeighbor }
}
