import Basics
import Cube

/// Samples the pixels of one cube while its lines stream past once, in bounded memory.
///
/// Each cell keeps a uniform random choice of its pixels that have a valid sample (reservoir
/// sampling, Vitter 1985), in the order of a curve that fills the cell. A sample is valid when it
/// is finite and not nodata, and its band is not excluded by the source's bad-band list. Values are
/// held as 4-byte floats.
///
/// The result depends on the cube, grid, seed and budget, not on how the lines are cut into blocks.
public struct ScenePixelCollector {
    /// Pixels that every cell may have, however many cells there are.
    private static let leastCellPixelCount = 64
    /// Most bytes of samples that are kept.
    private static let byteLimit = 2 << 30

    private let description: CubeDescription
    private let grid: LatentGrid
    private let cells: LatentCells
    private let nodata: Float?
    /// Column of cells of each sample of a line.
    private let columns: [Int]
    /// Bands that may be learnt.
    private let goodBands: [Int]
    /// First slot of each cell; one more at the end. A cell has a slot for each pixel it may keep.
    private let firstSlots: [Int]
    private var generator: SeededGenerator
    private var nextLine = 0
    /// Valid pixels met so far, per cell.
    private var metCounts: [Int]
    /// [slots] line and sample of the pixel in each slot.
    private var places: [(line: Int, sample: Int)]
    /// [slots][good bands] raw samples; NaN where not valid.
    private var samples: [Float]
    /// [good bands] smallest and largest valid sample; infinite where none was met.
    private var lows: [Float]
    private var highs: [Float]

    /// Prepares to sample a cube.
    ///
    /// - Parameters:
    ///   - description: the cube whose lines will come.
    ///   - grid: how it is cut into cells.
    ///   - seed: of the random choice.
    ///   - pixelBudget: pixels to keep in all; every cell may keep at least 64.
    ///   - cellLimit: cells that keep pixels at most, a random choice where there are more; nil for
    ///     all of them.
    /// - Throws: ``MetaLearningError/impossibleGrid(reason:)`` where so many cells would need more
    ///   than 2 GiB.
    public init(
        description: CubeDescription, grid: LatentGrid, seed: UInt64, pixelBudget: Int = 20_000,
        cellLimit: Int? = nil
    ) throws(MetaLearningError) {
        self.description = description
        self.grid = grid
        cells = try LatentCells(grid, over: description.geometry)
        nodata = description.nodataValue.map { Float($0) }
        columns = (0..<description.geometry.samples).map { [cells] in cells.column(ofSample: $0) }
        goodBands = description.bands.indices.filter { description.bands[$0].isGood }
        let cellCount = min(cells.cellCount, max(1, cellLimit ?? cells.cellCount))
        let quota = max(Self.leastCellPixelCount, pixelBudget / cellCount)
        guard
            Self.canKeep(
                quota, ofEach: cellCount, among: cells, of: description.geometry,
                bandCount: goodBands.count)
        else {
            throw .impossibleGrid(
                reason: "\(cellCount) cells need more than 2 GiB of sampled pixels")
        }
        let chosen = Self.choose(cellCount, of: cells.cellCount, seed: seed)
        var slots = [0]
        for cell in 0..<cells.cellCount {
            let count =
                chosen?.contains(cell) == false
                ? 0 : min(quota, cells.window(ofCellAt: cell).pixelCount)
            slots.append(slots[cell] + count)
        }
        firstSlots = slots
        generator = SeededGenerator(seed: seed)
        metCounts = [Int](repeating: 0, count: cells.cellCount)
        let slotCount = slots[cells.cellCount]
        places = Array(repeating: (0, 0), count: slotCount)
        samples = [Float](repeating: .nan, count: slotCount * goodBands.count)
        lows = [Float](repeating: .infinity, count: goodBands.count)
        highs = [Float](repeating: -.infinity, count: goodBands.count)
    }

    /// Whether so many pixels of some cells fit into the memory that a collector may use.
    private static func canKeep(
        _ quota: Int, ofEach cellCount: Int, among cells: LatentCells, of geometry: CubeGeometry,
        bandCount: Int
    ) -> Bool {
        let slotLimit = byteLimit / (max(1, bandCount) * 4)
        return min(quota, geometry.pixelCount / cells.cellCount) <= slotLimit / cellCount
    }

    /// Whether a cube can be sampled with a grid, all cells of it, in the memory that a collector
    /// may use.
    ///
    /// - Throws: ``MetaLearningError/impossibleGrid(reason:)`` where there cannot be such cells.
    public static func canKeep(
        allCellsOf grid: LatentGrid, over cube: CubeDescription, pixelBudget: Int
    ) throws(MetaLearningError) -> Bool {
        let cells = try LatentCells(grid, over: cube.geometry)
        return canKeep(
            max(leastCellPixelCount, pixelBudget / cells.cellCount), ofEach: cells.cellCount,
            among: cells, of: cube.geometry, bandCount: cube.bands.filter(\.isGood).count)
    }

    /// A seeded choice of some cells; nil for all of them.
    private static func choose(_ limit: Int, of cellCount: Int, seed: UInt64) -> Set<Int>? {
        guard limit < cellCount else { return nil }
        var generator = SeededGenerator(seed: seed ^ 0xCE11)
        var chosen: Set<Int> = []
        // Floyd's choice without repetition (Bentley and Floyd, 1987).
        for last in cellCount - limit..<cellCount {
            let pick = generator.index(below: last + 1)
            chosen.insert(chosen.contains(pick) ? last : pick)
        }
        return chosen
    }

    /// Takes the next full-width lines of all bands; blocks must follow each other from line 0.
    public mutating func add(block: SampleBlock) {
        let geometry = description.geometry
        precondition(
            block.window.lines.lowerBound == nextLine
                && block.window.samples == 0..<geometry.samples
                && block.bandIndices == Array(0..<geometry.bands),
            "blocks are full lines of all bands, in order")
        nextLine = block.window.lines.upperBound
        var values = block.floats()
        let isValid = examine(&values, pixelCount: block.window.pixelCount)
        for line in block.window.lines {
            let row = cells.row(ofLine: line) * cells.columns
            let start = (line - block.window.lines.lowerBound) * geometry.samples
            for sample in 0..<geometry.samples where isValid[start + sample] {
                guard let slot = takeSlot(ofCell: row + columns[sample]) else { continue }
                places[slot] = (line, sample)
                for (position, band) in goodBands.enumerated() {
                    samples[slot * goodBands.count + position] =
                        values[band * block.window.pixelCount + start + sample]
                }
            }
        }
    }

    /// Scales what was kept, in the memory in which it is; nothing can be added after it.
    ///
    /// - Throws: ``MetaLearningError/noValidSample(cube:)``.
    public mutating func finish() throws(MetaLearningError) -> ScenePixels {
        precondition(nextLine == description.geometry.lines, "every line has been added")
        let states = bandStates()
        let livePositions = goodBands.indices.filter { lows[$0] < highs[$0] }
        guard states.contains(where: { $0 != .absent }) else {
            throw .noValidSample(cube: description.geometry.description)
        }
        let low = livePositions.map { lows[$0] }.min() ?? 0
        let high = livePositions.map { highs[$0] }.max() ?? 0
        guard let scaling = ValueScaling(minimum: Double(low), maximum: Double(high)) else {
            throw .noValidSample(cube: description.geometry.description)
        }
        var pixels = ScenePixels(
            description: description, grid: grid, cells: cells, scaling: scaling,
            bandStates: states, liveBandIndices: livePositions.map { goodBands[$0] },
            pixelRanges: [], coordinates: [], values: [])
        moveKept(livePositions, to: &pixels)
        return pixels
    }

    /// Moves the kept samples to the pixels, scaled and ordered, in the memory in which they are.
    private mutating func moveKept(_ livePositions: [Int], to pixels: inout ScenePixels) {
        var values: [Float] = []
        swap(&values, &samples)
        var writtenCount = 0
        for cell in metCounts.indices {
            let slots = firstSlots[cell]..<firstSlots[cell + 1]
            let kept = slots.prefix(metCounts[cell])
            let first = pixels.pixelCount
            // What is written never reaches what is still to be read: the next cell's slots.
            let cellSamples = Array(
                values[slots.lowerBound * goodBands.count..<kept.upperBound * goodBands.count])
            for slot in alongCurve(kept) {
                pixels.coordinates.append(cells.localX(ofSample: places[slot].sample))
                pixels.coordinates.append(cells.localY(ofLine: places[slot].line))
                let start = (slot - slots.lowerBound) * goodBands.count
                for position in livePositions {
                    let sample = Double(cellSamples[start + position])
                    values[writtenCount] = pixels.scaling.scaled(sample)
                    writtenCount += 1
                }
            }
            pixels.pixelRanges.append(first..<pixels.pixelCount)
        }
        values.removeLast(values.count - writtenCount)
        pixels.values = values
    }

    /// Replaces invalid samples by NaN, updates the bands' extremes, and says which pixels have a
    /// valid sample.
    private mutating func examine(_ values: inout [Float], pixelCount: Int) -> [Bool] {
        var isValid = [Bool](repeating: false, count: pixelCount)
        for (position, band) in goodBands.enumerated() {
            var low = lows[position]
            var high = highs[position]
            values.withUnsafeMutableBufferPointer { buffer in
                let plane = UnsafeMutableBufferPointer(
                    rebasing: buffer[band * pixelCount..<(band + 1) * pixelCount])
                for pixel in 0..<pixelCount {
                    let value = plane[pixel]
                    if value.isFinite && value != nodata {
                        low = min(low, value)
                        high = max(high, value)
                        isValid[pixel] = true
                    } else {
                        plane[pixel] = .nan
                    }
                }
            }
            lows[position] = low
            highs[position] = high
        }
        return isValid
    }

    /// The slot for another valid pixel of a cell; nil where the dice pass it over.
    private mutating func takeSlot(ofCell cell: Int) -> Int? {
        let slotCount = firstSlots[cell + 1] - firstSlots[cell]
        metCounts[cell] += 1
        let met = metCounts[cell]
        let offset = met <= slotCount ? met - 1 : generator.index(below: met)
        return offset < slotCount ? firstSlots[cell] + offset : nil
    }

    /// The slots along a Z-order curve (Morton, 1966) through their pixels, so that equal parts of
    /// a cell's list are compact patches of the cell.
    private func alongCurve(_ slots: some Collection<Int>) -> [Int] {
        let keyed = slots.map { slot in
            (slot, places[slot].line.spreadBits << 1 | places[slot].sample.spreadBits)
        }
        return keyed.sorted { $0.1 < $1.1 }.map(\.0)
    }

    private func bandStates() -> [BandState] {
        var states = [BandState](repeating: .absent, count: description.geometry.bands)
        for (position, band) in goodBands.enumerated() where lows[position] <= highs[position] {
            states[band] =
                lows[position] < highs[position] ? .live : .constant(Double(lows[position]))
        }
        return states
    }
}

extension Int {
    /// The low 31 bits, moved apart so that bit b becomes bit 2 b.
    fileprivate var spreadBits: UInt64 {
        var bits = UInt64(truncatingIfNeeded: self) & 0x7FFF_FFFF
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }
}
