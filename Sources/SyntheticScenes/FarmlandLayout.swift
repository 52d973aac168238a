import Basics

/// Parcels of crops and bare soil with tracks, woods and a river.
struct FarmlandLayout: SceneLayout {
    let materials: [Material] = [
        .wheat, .maize, .grass, .stubble, .darkSoil, .paleSoil, .broadleaf, .asphalt, .turbidWater,
    ]
    let surfaces: [ValueNoise]
    let relief: Float = 0.16
    private let parcels: RotatedGrid
    private let seed: UInt64

    /// Crops and what is seen between their rows: indices into `materials`.
    private static let crops: [(main: Int, partner: Int)] = [
        (0, 5), (0, 4), (1, 4), (1, 5), (2, 3), (3, 5), (4, 3), (5, 4),
    ]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        self.seed = generator.next()
        parcels = RotatedGrid(
            width: generator.uniform(in: 34, 70), height: generator.uniform(in: 22, 40),
            slope: generator.uniform(in: -0.3, 0.3))
        surfaces = [
            ValueNoise(seed: generator.next(), periodPixels: 64, octaveCount: 5),
            ValueNoise(seed: generator.next(), periodPixels: 24, octaveCount: 4),
            ValueNoise(seed: generator.next(), periodPixels: 160, octaveCount: 5),
            ValueNoise(seed: generator.next(), periodPixels: 240, octaveCount: 3),
        ]
    }

    func cover(line: Int, sample: Int, surfaces: SurfaceRow, position: Int) -> PixelCover {
        let texture = surfaces[0, position]
        let river = abs(surfaces[3, position])
        if river < 0.03 { return PixelCover(main: 8, partner: 6, blend: -1.2 + 20 * river) }
        if river < 0.05 || surfaces[2, position] > 0.42 {
            return PixelCover(main: 6, partner: 2, blend: -0.8 + texture)
        }
        let place = parcels.place(line: line, sample: sample)
        if place.column % 3 == 0 && place.across < 2.6 {
            return PixelCover(main: 7, partner: 5, blend: -0.7 + texture * 0.4)
        }
        if place.down < 1.5 { return PixelCover(main: 2, partner: 5, blend: texture) }
        let choice = LatticeHash.mix(seed, place.row, place.column)
        let crop = Self.crops[Int(choice % UInt64(Self.crops.count))]
        let vigour = Float((choice >> 16) & 0xFF) / 255
        return PixelCover(
            main: crop.main, partner: crop.partner, blend: -0.9 + 0.8 * vigour + 0.7 * texture)
    }
}
