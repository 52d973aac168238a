import CubeFiles
import Testing

@Suite struct `Slabs of compressed arrays` {
    @Test(arguments: [
        ([4, 6, 10], [4, 2, 3]), ([4, 6, 10], [1, 5, 4]), ([4, 6, 10], [0, 0, 0]),
        ([4, 60], [2, 7]),
        ([4, 60], [4, 99]), ([1, 1, 1], [1, 1, 1]), ([4, 6, 10], []),
    ])
    func `every column comes once and no compressed piece is cut`(
        _ dimensions: [Int], _ chunk: [Int]
    ) {
        let columnCount = dimensions.dropFirst().reduce(1, *)
        for limit in [1, 8, 24, 50, 96, 1_000] {
            let slabs = MATLABSlab.covering(dimensions, chunk: chunk, atMostValues: limit)
            let columns = slabs.flatMap { slab in
                slab.columnRuns(ofAtMost: 4, dimensions: dimensions).flatMap { Array($0) }
            }
            #expect(columns.sorted() == Array(0..<columnCount))
            for slab in slabs {
                #expect(slab.edge[0] == dimensions[0])
                for axis in dimensions.indices.dropFirst() where chunk.count > axis {
                    let end = slab.start[axis] + slab.edge[axis]
                    let isWhole = end == dimensions[axis] || end % max(1, chunk[axis]) == 0
                    #expect(slab.start[axis] % max(1, chunk[axis]) == 0 && isWhole)
                }
            }
        }
    }

    @Test func `slabs are as large as allowed`() {
        let slabs = MATLABSlab.covering([4, 6, 10], chunk: [4, 2, 3], atMostValues: 150)
        #expect(slabs.map(\.valueCount) == [144, 96])
        let narrow = MATLABSlab.covering([4, 6, 10], chunk: [4, 2, 3], atMostValues: 50)
        #expect(narrow.allSatisfy { $0.valueCount <= 50 })
    }
}
