import Cube
import MetaLearning
import Testing

@Suite struct LatentGridTests {
    private static let grids: [LatentGrid] = [
        .scene, .cells(rows: 7, columns: 3), .cells(rows: 500, columns: 1),
        .tiles(lines: 10, samples: 4), .tiles(lines: 1000, samples: 1),
    ]

    @Test(arguments: grids)
    func `cells cover every pixel exactly once`(grid: LatentGrid) throws {
        let geometry = try CubeGeometry(lines: 23, samples: 17, bands: 1)
        let cells = try LatentCells(grid, over: geometry)
        var owners = [Int](repeating: -1, count: geometry.pixelCount)
        for cell in 0..<cells.cellCount {
            let window = cells.window(ofCellAt: cell)
            for line in window.lines {
                for sample in window.samples {
                    #expect(owners[line * 17 + sample] == -1)
                    owners[line * 17 + sample] = cell
                    let row = cells.row(ofLine: line)
                    #expect(row * cells.columns + cells.column(ofSample: sample) == cell)
                }
            }
        }
        #expect(!owners.contains(-1))
    }

    @Test(arguments: grids)
    func `local coordinates lie inside the square and grow by pixel`(grid: LatentGrid) throws {
        let cells = try LatentCells(grid, over: CubeGeometry(lines: 23, samples: 17, bands: 1))
        for line in 0..<23 {
            #expect(abs(cells.localY(ofLine: line)) < 1)
            if line > 0, cells.row(ofLine: line) == cells.row(ofLine: line - 1) {
                #expect(cells.localY(ofLine: line) > cells.localY(ofLine: line - 1))
            }
        }
        for sample in 0..<17 { #expect(abs(cells.localX(ofSample: sample)) < 1) }
    }

    @Test func `coordinates are pixel centres`() throws {
        let geometry = try CubeGeometry(lines: 4, samples: 2, bands: 1)
        let cells = try LatentCells(.scene, over: geometry)
        #expect((0..<4).map { cells.localY(ofLine: $0) } == [-0.75, -0.25, 0.25, 0.75])
        #expect((0..<2).map { cells.localX(ofSample: $0) } == [-0.5, 0.5])
        // A cut tile keeps the scale of the others.
        let tiles = try LatentCells(.tiles(lines: 3, samples: 8), over: geometry)
        #expect(tiles.localY(ofLine: 3) == tiles.localY(ofLine: 0))
        #expect(tiles.localX(ofSample: 1) == -0.625)
    }

    @Test func `impossible grids are refused`() throws {
        let geometry = try CubeGeometry(lines: 4, samples: 2, bands: 1)
        let bad: [LatentGrid] = [
            .cells(rows: 0, columns: 1), .tiles(lines: -1, samples: 4),
            .cells(rows: Int.max, columns: 2),
        ]
        for grid in bad {
            #expect(throws: MetaLearningError.self) { try LatentCells(grid, over: geometry) }
        }
        let endless = try CubeGeometry(lines: 1 << 59, samples: 1, bands: 1)
        #expect(throws: MetaLearningError.self) {
            try LatentCells(.cells(rows: 1 << 30, columns: 1), over: endless)
        }
    }
}
