/// The indices that a block has along one axis, in the file's order, and what a step along the axis
/// means in the file and in the block.
struct AxisSelection {
    /// Indices along the file's axis, ascending.
    let fileIndices: [Int]
    /// For each of `fileIndices`, the index along the block's axis.
    let blockIndices: [Int]
    /// Bytes between neighbours in the file.
    let fileStride: Int
    /// Bytes between neighbours in the block.
    let blockStride: Int
    /// Whether neighbours in the selection are neighbours in both file and block.
    let isConsecutive: Bool

    /// Every index of a range, in order.
    init(_ range: Range<Int>, fileStride: Int, blockStride: Int) {
        fileIndices = Array(range)
        blockIndices = Array(0..<range.count)
        self.fileStride = fileStride
        self.blockStride = blockStride
        isConsecutive = true
    }

    /// A list in any order.
    init(_ list: [Int], fileStride: Int, blockStride: Int) {
        let positions = list.indices.sorted { (list[$0], $0) < (list[$1], $1) }
        fileIndices = positions.map { list[$0] }
        blockIndices = positions
        self.fileStride = fileStride
        self.blockStride = blockStride
        isConsecutive = list.indices.allSatisfy { list[$0] == list[0] + $0 }
    }

    /// Number of selected indices.
    var count: Int { fileIndices.count }
}
