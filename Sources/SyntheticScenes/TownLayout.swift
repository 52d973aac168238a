import Basics

/// Streets, roofs of several materials, gardens and parks.
struct TownLayout: SceneLayout {
    let materials: [Material] = [
        .asphalt, .concrete, .redTiles, .metalRoof, .bluePaint, .bitumen, .grass, .broadleaf,
        .paleSoil, .shallowWater,
    ]
    let surfaces: [ValueNoise]
    let relief: Float = 0.05
    private let blocks: RotatedGrid
    private let lots: RotatedGrid
    private let seed: UInt64

    /// Roofs in the proportion in which they are drawn: indices into `materials`.
    private static let roofs = [2, 2, 2, 2, 5, 5, 1, 3, 4, 3]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        self.seed = generator.next()
        let lotWidth = generator.uniform(in: 14, 20)
        let lotHeight = generator.uniform(in: 12, 17)
        let slope = generator.uniform(in: -0.25, 0.25)
        lots = RotatedGrid(width: lotWidth, height: lotHeight, slope: slope)
        blocks = RotatedGrid(width: lotWidth * 4, height: lotHeight * 3, slope: slope)
        surfaces = [
            ValueNoise(seed: generator.next(), periodPixels: 40, octaveCount: 4),
            ValueNoise(seed: generator.next(), periodPixels: 12, octaveCount: 3),
            ValueNoise(seed: generator.next(), periodPixels: 120, octaveCount: 4),
        ]
    }

    func cover(line: Int, sample: Int, surfaces: SurfaceRow, position: Int) -> PixelCover {
        let texture = surfaces[0, position]
        let block = blocks.place(line: line, sample: sample)
        let isStreet = block.across < 4 || block.down < 3.2
        if isStreet { return PixelCover(main: 0, partner: 1, blend: -0.9 + 0.6 * texture) }
        let character = LatticeHash.uniform(seed, block.row, block.column)
        if character < 0.14 { return park(surfaces, position) }
        let lot = lots.place(line: line, sample: sample)
        let choice = LatticeHash.mix(seed ^ 0x10_75, lot.row, lot.column)
        if isRoof(lot, choice) {
            let roof = Self.roofs[Int((choice >> 32) % UInt64(Self.roofs.count))]
            return PixelCover(main: roof, partner: 5, blend: -1.3 + 0.4 * texture)
        }
        let isYard = choice & 7 == 0
        return isYard
            ? PixelCover(main: 1, partner: 8, blend: -0.7 + texture)
            : PixelCover(main: 6, partner: 7, blend: -0.3 + 1.6 * texture)
    }

    private func park(_ surfaces: SurfaceRow, _ position: Int) -> PixelCover {
        let pond = surfaces[2, position]
        if pond > 0.35 { return PixelCover(main: 9, partner: 6, blend: -1.2) }
        return PixelCover(main: 6, partner: 7, blend: 2 * surfaces[0, position])
    }

    /// Whether a place lies under the lot's roof, a rectangle with hashed margins.
    private func isRoof(_ lot: RotatedGrid.Place, _ choice: UInt64) -> Bool {
        func margin(_ shift: UInt64) -> Float { 1.5 + Float((choice >> shift) & 15) * 0.28 }
        return lot.across > margin(4) && lot.across < lots.width - margin(8)
            && lot.down > margin(12)
            && lot.down < lots.height - margin(16)
    }
}
