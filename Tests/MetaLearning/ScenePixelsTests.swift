import Cube
import MetaLearning
import Testing

@Suite struct ScenePixelsTests {
    @Test func `a small cube is kept whole and scaled to its range`() throws {
        let cube = try SyntheticField.cube()
        let pixels = try SyntheticField.pixels(cube)
        let values = cube.block.doubles()
        #expect(pixels.pixelCount == 24 * 20)
        #expect(pixels.scaling.offset == values.min())
        #expect(pixels.scaling.gain == (values.max() ?? 0) - (values.min() ?? 0))
        #expect(pixels.values.min() == 0)
        #expect(pixels.values.max() == 1)
        var met: Set<Int> = []
        for pixel in 0..<480 {
            let sample = Int(((pixels.coordinates[2 * pixel] + 1) * 10).rounded(.down))
            let line = Int(((pixels.coordinates[2 * pixel + 1] + 1) * 12).rounded(.down))
            met.insert(line * 20 + sample)
            let expected = (0..<6).map {
                pixels.scaling.scaled(values[$0 * 480 + line * 20 + sample])
            }
            #expect(Array(pixels.values[pixel * 6..<pixel * 6 + 6]) == expected)
        }
        #expect(met.count == 480)
    }

    @Test func `equal parts of a cell's pixels are compact patches of it`() throws {
        let pixels = try SyntheticField.pixels(SyntheticField.cube(lines: 32, samples: 32))
        for first in stride(from: 0, to: 1024, by: 64) {
            let patch = (first..<first + 64).map {
                (pixels.coordinates[2 * $0], pixels.coordinates[2 * $0 + 1])
            }
            let width = (patch.map(\.0).max() ?? 9) - (patch.map(\.0).min() ?? 0)
            let height = (patch.map(\.1).max() ?? 9) - (patch.map(\.1).min() ?? 0)
            // 8 x 8 of 32 x 32 pixels, from centre to centre.
            #expect(abs(width - 7.0 / 16) < 1e-5 && abs(height - 7.0 / 16) < 1e-5)
        }
    }

    @Test func `where only some cells are wanted, they are kept whole and the others not at all`()
        throws
    {
        let cube = try SyntheticField.cube(lines: 32, samples: 32)
        let grid = LatentGrid.tiles(lines: 8, samples: 8)
        func kept(seed: UInt64, limit: Int) throws -> [Int] {
            let pixels = try ScenePixels(reading: cube, grid: grid, seed: seed, cellLimit: limit)
            #expect(pixels.keptCells.allSatisfy { pixels.pixelRanges[$0].count == 64 })
            #expect(pixels.pixelCount == 64 * pixels.keptCells.count)
            return pixels.keptCells
        }
        #expect(try kept(seed: 1, limit: 5).count == 5)
        #expect(try kept(seed: 1, limit: 5) == kept(seed: 1, limit: 5))
        #expect(try kept(seed: 1, limit: 5) != kept(seed: 2, limit: 5))
        #expect(try kept(seed: 1, limit: 16) == Array(0..<16))
        #expect(try kept(seed: 1, limit: 99) == Array(0..<16))
    }

    @Test func `the choice depends on the seed but not on the blocks`() throws {
        let cube = try SyntheticField.cube(lines: 60)
        func sample(seed: UInt64, blockByteCount: Int) throws -> ScenePixels {
            try ScenePixels(
                reading: cube, grid: .cells(rows: 2, columns: 3), seed: seed, pixelBudget: 400,
                blockByteCount: blockByteCount)
        }
        let first = try sample(seed: 1, blockByteCount: 1)
        let again = try sample(seed: 1, blockByteCount: 1 << 20)
        let other = try sample(seed: 2, blockByteCount: 1)
        #expect(first.values == again.values)
        #expect(first.coordinates == again.coordinates)
        #expect(first.coordinates != other.coordinates)
        #expect(first.pixelRanges.map(\.count) == [66, 66, 66, 66, 66, 66])
    }

    @Test func `nodata, non-finite, constant and bad bands stay out`() throws {
        let planes: [[Float]] = [
            [1, 2, -9, 4], [.nan, 2, -9, .infinity], [7, 7, -9, 7], [-9, -9, -9, -9],
            [900, -900, 5, 5],
        ]
        let cube = try SyntheticField.floatCube(
            lines: 2, samples: 2, planes: planes, nodata: -9, bad: [4])
        let pixels = try SyntheticField.pixels(cube)
        #expect(
            pixels.bandStates == [.live, .constant(2), .constant(7), .absent, .absent])
        #expect(pixels.liveBandIndices == [0])
        // The third pixel has no valid sample.
        #expect(pixels.pixelCount == 3)
        #expect(pixels.values == [0, 1.0 / 3, 1])
    }

    @Test func `a missing sample of a live band is NaN`() throws {
        let cube = try SyntheticField.floatCube(
            lines: 1, samples: 3, planes: [[1, .nan, 3], [1, 2, 3]])
        let pixels = try SyntheticField.pixels(cube)
        #expect(pixels.values.map(\.isNaN) == [false, false, true, false, false, false])
    }

    @Test func `a cube without a valid sample is refused`() throws {
        let cube = try SyntheticField.floatCube(
            lines: 1, samples: 2, planes: [[.nan, 5], [5, .infinity]], nodata: 5)
        #expect(throws: MetaLearningError.self) { try SyntheticField.pixels(cube) }
    }

    @Test func `every cell's pixels keep their own samples where some pixels and bands stay out`()
        throws
    {
        // The sample of each live band says where it is; every seventh pixel has no valid one.
        let places = (0..<36).map { Float($0 % 7 == 0 ? -1 : $0) }
        let planes: [[Float]] = [
            places, places.map { $0 < 0 ? -1 : 5 }, places.map { 900 - $0 },
            places.map { $0 < 0 ? -1 : 100 + $0 },
        ]
        let cube = try SyntheticField.floatCube(
            lines: 6, samples: 6, planes: planes, nodata: -1, bad: [2])
        let pixels = try SyntheticField.pixels(cube, grid: .tiles(lines: 3, samples: 3))
        #expect(pixels.liveBandIndices == [0, 3])
        var met: Set<Int> = []
        for (cell, range) in pixels.pixelRanges.enumerated() {
            for pixel in range {
                let column = Int(((pixels.coordinates[2 * pixel] + 1) * 1.5).rounded(.down))
                let row = Int(((pixels.coordinates[2 * pixel + 1] + 1) * 1.5).rounded(.down))
                let place = (cell / 2 * 3 + row) * 6 + cell % 2 * 3 + column
                met.insert(place)
                let expected = [place, 100 + place].map { pixels.scaling.scaled(Double($0)) }
                #expect(Array(pixels.values[pixel * 2..<pixel * 2 + 2]) == expected)
            }
        }
        #expect(met == Set((0..<36).filter { $0 % 7 != 0 }))
        #expect(pixels.values.count == 2 * pixels.pixelCount)
    }

    @Test func `a cell without a valid pixel is empty`() throws {
        let cube = try SyntheticField.floatCube(
            lines: 2, samples: 2, planes: [[0, 1, 0, 2]], nodata: 0)
        let pixels = try SyntheticField.pixels(cube, grid: .cells(rows: 1, columns: 2))
        #expect(pixels.pixelRanges == [0..<0, 0..<2])
    }

    @Test func `a grid of too many cells is refused before memory is taken`() throws {
        let geometry = try CubeGeometry(lines: 100_000, samples: 100_000, bands: 200)
        let description = CubeDescription(geometry: geometry, sampleType: .uint8)
        #expect(throws: MetaLearningError.self) {
            try ScenePixelCollector(
                description: description, grid: .tiles(lines: 10, samples: 10), seed: 1)
        }
    }
}
