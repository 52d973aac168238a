import Basics

/// Everything about a pixel that does not depend on the band: lit abundances, haze and vapour.
///
/// A row of fields is [materials + 2][samples]: the abundances times the illumination, then the
/// haze (around 1), then the vapour (around 0).
struct GroundTruth: Sendable {
    /// The materials and where they lie.
    let layout: any SceneLayout
    /// Light and shade.
    let terrain: Terrain
    private let haze: ValueNoise
    private let vapour: ValueNoise

    /// Number of materials.
    let materialCount: Int
    /// Rows of fields per line.
    var fieldCount: Int { materialCount + 2 }

    init(kind: SyntheticSceneKind, sampleCount: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        layout = kind.layout(sampleCount: sampleCount, seed: generator.next())
        terrain = Terrain(relief: layout.relief, seed: generator.next())
        haze = ValueNoise(seed: generator.next(), periodPixels: 300, octaveCount: 2)
        vapour = ValueNoise(seed: generator.next(), periodPixels: 200, octaveCount: 3)
        materialCount = layout.materials.count
    }

    /// Writes the fields of one line, [materials + 2][samples].
    func fill(_ fields: UnsafeMutableBufferPointer<Float>, line: Int, samples: Range<Int>) {
        let count = samples.count
        fillAbundances(fields, line: line, samples: samples)
        let hazeRow = UnsafeMutableBufferPointer(rebasing: fields[(materialCount * count)...])
        let vapourRow = UnsafeMutableBufferPointer(rebasing: hazeRow[count...])
        haze.fill(hazeRow, line: line, samples: samples)
        vapour.fill(vapourRow, line: line, samples: samples)
        for position in 0..<count { hazeRow[position] = 1 + 0.35 * hazeRow[position] }
    }

    /// Writes abundances that sum to the illumination, [materials][samples].
    private func fillAbundances(
        _ fields: UnsafeMutableBufferPointer<Float>, line: Int, samples: Range<Int>
    ) {
        let count = samples.count
        let surfaceCount = layout.surfaces.count
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: (surfaceCount + 1) * count + materialCount
        ) { scratch in
            let surfaces = SurfaceRow(
                values: UnsafeMutableBufferPointer(rebasing: scratch[..<(surfaceCount * count)]),
                sampleCount: count)
            for (index, surface) in layout.surfaces.enumerated() {
                surface.fill(surfaces.row(index), line: line, samples: samples)
            }
            let light = UnsafeMutableBufferPointer(
                rebasing: scratch[(surfaceCount * count)..<((surfaceCount + 1) * count)])
            terrain.fill(light, line: line, samples: samples)
            let shares = UnsafeMutableBufferPointer(
                rebasing: scratch[((surfaceCount + 1) * count)...])
            for position in 0..<count {
                let cover = layout.cover(
                    line: line, sample: samples.lowerBound + position, surfaces: surfaces,
                    position: position)
                let texture = surfaces[0, position]
                let brightness = light[position] * (1 + 0.12 * surfaces[1, position])
                let sum = fillShares(shares, cover, texture: texture)
                for material in 0..<materialCount {
                    fields[material * count + position] = shares[material] * brightness / sum
                }
            }
        }
    }

    /// Softmax numerators of one pixel, [materials]; returns their sum.
    ///
    /// The main material and its partner dominate; each other one has a trace of 0.1 to 1 % that
    /// varies smoothly, half of them with the texture and half against it.
    private func fillShares(
        _ shares: UnsafeMutableBufferPointer<Float>, _ cover: PixelCover, texture: Float
    ) -> Float {
        let rising = Exponential.float(-5.7 + 1.4 * texture)
        let falling = Exponential.float(-5.7 - 1.4 * texture)
        let partnerLogit = max(-12, min(4, 4 * cover.blend))
        // Both logits are shifted so that the larger is zero.
        let top = max(0, partnerLogit)
        for material in 0..<materialCount {
            shares[material] = material & 1 == 0 ? rising : falling
        }
        shares[cover.main] = Exponential.float(-top)
        shares[cover.partner] = Exponential.float(partnerLogit - top)
        return shares.reduce(0, +)
    }
}
