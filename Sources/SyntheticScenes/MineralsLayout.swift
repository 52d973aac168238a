import Basics

/// Mountains of exposed minerals: each material has a surface of its own, and the two highest
/// share the pixel.
struct MineralsLayout: SceneLayout {
    let materials: [Material] = [
        .alluvium, .alunite, .kaolinite, .hematite, .calcite, .chlorite, .shrub, .redSoil,
    ]
    let surfaces: [ValueNoise]
    let relief: Float = 0.75

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let shared = [
            ValueNoise(seed: generator.next(), periodPixels: 60, octaveCount: 5),
            ValueNoise(seed: generator.next(), periodPixels: 16, octaveCount: 4),
        ]
        let own = materials.indices.map { _ in
            ValueNoise(
                seed: generator.next(), periodPixels: 40 + generator.index(below: 90),
                octaveCount: 6)
        }
        surfaces = shared + own
    }

    func cover(line: Int, sample: Int, surfaces: SurfaceRow, position: Int) -> PixelCover {
        // Alluvium fills what no mineral claims.
        var best = (index: 0, height: surfaces[2, position] + 0.12)
        var second = (index: 1, height: -Float.infinity)
        for index in 1..<materials.count {
            let height = surfaces[2 + index, position]
            if height > best.height {
                second = best
                best = (index, height)
            } else if height > second.height {
                second = (index, height)
            }
        }
        let difference = best.height - second.height
        return PixelCover(main: best.index, partner: second.index, blend: -4 * difference)
    }
}
