/// Water and what people build.
extension Material {
    /// Clear deep water.
    static let deepWater = Material(
        "deep water", base: 0.055,
        [
            .bump(center: 480, width: 60, height: 0.02),
            .step(center: 590, width: 30, rise: -0.037),
            .step(center: 720, width: 18, rise: -0.014),
        ])
    /// Shallow water over a bright bottom.
    static let shallowWater = Material(
        "shallow water", base: 0.07,
        [
            .bump(center: 535, width: 62, height: 0.11),
            .step(center: 700, width: 22, rise: -0.055),
            .step(center: 900, width: 20, rise: -0.012),
        ])
    /// Turbid river water: sediment and a little chlorophyll.
    static let turbidWater = Material(
        "turbid water", base: 0.05,
        [
            .bump(center: 575, width: 55, height: 0.075),
            .bump(center: 705, width: 14, height: 0.025),
            .absorption(center: 674, width: 12, depth: 0.18),
            .step(center: 735, width: 14, rise: -0.035),
            .step(center: 920, width: 20, rise: -0.012),
        ])
    /// Old asphalt.
    static let asphalt = Material(
        "asphalt", base: 0.07,
        [
            .step(center: 650, width: 180, rise: 0.04), .step(center: 1600, width: 300, rise: 0.05),
            .absorption(center: 2310, width: 30, depth: 0.1),
        ])
    /// Concrete.
    static let concrete = Material(
        "concrete", base: 0.17,
        [
            .step(center: 560, width: 80, rise: 0.14),
            .absorption(center: 1420, width: 30, depth: 0.07),
            .absorption(center: 1935, width: 45, depth: 0.14),
            .absorption(center: 2340, width: 32, depth: 0.12),
        ])
    /// Fired clay tiles.
    static let redTiles = Material(
        "red tiles", base: 0.05,
        [
            .step(center: 588, width: 22, rise: 0.19),
            .step(center: 1150, width: 170, rise: 0.17),
            .absorption(center: 870, width: 70, depth: 0.18),
        ])
    /// Galvanised sheet.
    static let metalRoof = Material(
        "metal roof", base: 0.48,
        [
            .step(center: 900, width: 260, rise: -0.09),
            .bump(center: 1350, width: 260, height: 0.07),
            .absorption(center: 1020, width: 60, depth: 0.08),
        ])
    /// Blue-painted sheet: a reflectance peak in the blue and paint's hydrocarbon bands.
    static let bluePaint = Material(
        "blue paint", base: 0.06,
        [
            .bump(center: 462, width: 34, height: 0.24), .step(center: 770, width: 24, rise: 0.3),
            .absorption(center: 1205, width: 24, depth: 0.1),
            .absorption(center: 1720, width: 28, depth: 0.28),
            .absorption(center: 2310, width: 36, depth: 0.42),
        ])
    /// Dark bitumen felt.
    static let bitumen = Material(
        "bitumen", base: 0.045,
        [
            .step(center: 1100, width: 320, rise: 0.035),
            .absorption(center: 1725, width: 24, depth: 0.1),
            .absorption(center: 2312, width: 36, depth: 0.16),
        ])
}
