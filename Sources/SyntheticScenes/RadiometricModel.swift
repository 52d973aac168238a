import Cube

/// From abundances to noise-free counts: one small matrix product per pixel.
///
///     counts = gain (abundances . materialCounts[band] (1 + vapour vapourSlope[band])
///              + haze pathCounts[band]) + offset
struct RadiometricModel: Sendable {
    /// Counts of a fully covered, evenly lit pixel, [bands][materials].
    let materialCounts: [Float]
    /// Counts of the clear sky's own light, [bands].
    let pathCounts: [Float]
    /// Relative change of the signal per unit of the vapour field, [bands].
    let vapourSlope: [Float]

    init(sensor: SyntheticSensor, materials: [Material], sineOfSunElevation: Float) {
        let grid = sensor.bands.map { band in
            (center: band.wavelengthNanometers ?? 0, fwhm: band.fwhmNanometers ?? 0)
        }
        let light = grid.map { band in
            Atmosphere.illumination(at: band.center, fwhm: band.fwhm)
                * sensor.response(at: band.center)
        }
        // A half-white target fills most of the converter's range in the brightest band.
        let range = Double(sensor.saturationCounts - sensor.darkCounts)
        let brightest = light.reduce(1e-9, max)
        let scale = 1.25 * range / brightest * Double(sineOfSunElevation)
        materialCounts = zip(grid, light).flatMap { band, light in
            materials.map { Float($0.reflectance(at: band.center) * light * scale) }
        }
        pathCounts = grid.map { band in
            let path = Atmosphere.pathRadiance(at: band.center, fwhm: band.fwhm)
            return Float(path * sensor.response(at: band.center) * scale)
        }
        vapourSlope = grid.map { band in
            Float(-min(0.5, 0.12 * Atmosphere.vapourDepth(at: band.center, fwhm: band.fwhm)))
        }
    }
}
