import Basics

/// Sea, surf, beach and a green hinterland; the coast runs along the flight line.
struct CoastLayout: SceneLayout {
    let materials: [Material] = [
        .deepWater, .shallowWater, .turbidWater, .wetSand, .sand, .shrub, .grass, .broadleaf,
        .paleSoil, .asphalt,
    ]
    let surfaces: [ValueNoise]
    let relief: Float = 0.22
    private let slopePerSample: Float
    private let shoreSample: Float

    init(sampleCount: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let direction: Float = generator.uniform() < 0.5 ? -1 : 1
        slopePerSample = direction * 2 / Float(max(100, sampleCount))
        shoreSample = Float(sampleCount) * generator.uniform(in: 0.4, 0.6)
        surfaces = [
            ValueNoise(seed: generator.next(), periodPixels: 72, octaveCount: 5),
            ValueNoise(seed: generator.next(), periodPixels: 20, octaveCount: 4),
            ValueNoise(seed: generator.next(), periodPixels: 180, octaveCount: 6),
        ]
    }

    func cover(line: Int, sample: Int, surfaces: SurfaceRow, position: Int) -> PixelCover {
        let texture = surfaces[0, position]
        let height = (Float(sample) - shoreSample) * slopePerSample + 0.55 * surfaces[2, position]
        switch height {
        case ..<(-0.3):
            return PixelCover(main: 0, partner: 1, blend: -1.1 + 0.3 * texture)
        case ..<(-0.06):
            return PixelCover(main: 1, partner: 0, blend: -0.9 - 5 * (height + 0.18))
        case ..<0:
            return PixelCover(main: 2, partner: 1, blend: -0.2 - 12 * (height + 0.03))
        case ..<0.025:
            return PixelCover(main: 3, partner: 4, blend: -1 + 40 * height)
        case ..<0.1:
            return PixelCover(main: 4, partner: 5, blend: -1 + 11 * (height - 0.025) + texture)
        case ..<0.2:
            return PixelCover(main: 5, partner: 6, blend: -0.6 + texture)
        case ..<0.207:
            return PixelCover(main: 9, partner: 8, blend: -0.8)
        case _ where texture > 0.2:
            return PixelCover(main: 7, partner: 6, blend: -2.5 * (texture - 0.2))
        default:
            return PixelCover(main: 6, partner: 8, blend: -1 - texture)
        }
    }
}
