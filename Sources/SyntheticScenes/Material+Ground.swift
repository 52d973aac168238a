/// Soils, sand and minerals.
extension Material {
    /// Bare soil.
    ///
    /// - Parameters:
    ///   - brightness: reflectance of the infrared plateau, 0.1...0.6.
    ///   - iron: ferric iron, 0...1: the bands at 520 and 880 nm.
    ///   - clay: clay, 0...1: the band at 2205 nm.
    ///   - moisture: 0...1: the water bands at 1415 and 1930 nm.
    static func soil(
        _ name: String, brightness: Double, iron: Double, clay: Double, moisture: Double
    ) -> Material {
        Material(
            name, base: 0.12 * brightness,
            [
                .step(center: 590, width: 65, rise: 0.5 * brightness),
                .step(center: 1150, width: 260, rise: 0.4 * brightness),
                .absorption(center: 520, width: 36, depth: 0.3 * iron),
                .absorption(center: 885, width: 70, depth: 0.22 * iron),
                .absorption(center: 1415, width: 26, depth: 0.3 * moisture),
                .absorption(center: 1930, width: 42, depth: 0.5 * moisture),
                .absorption(center: 2205, width: 17, depth: 0.25 * clay),
                .step(center: 2350, width: 70, rise: -0.14 * brightness),
            ])
    }

    /// A dark, moist field.
    static let darkSoil = soil("dark soil", brightness: 0.2, iron: 0.2, clay: 0.4, moisture: 0.7)
    /// A dry, pale field.
    static let paleSoil = soil("pale soil", brightness: 0.42, iron: 0.3, clay: 0.6, moisture: 0.3)
    /// A red, iron-rich soil.
    static let redSoil = soil("red soil", brightness: 0.36, iron: 1, clay: 0.5, moisture: 0.3)
    /// Weathered desert pavement.
    static let alluvium = soil("alluvium", brightness: 0.38, iron: 0.5, clay: 0.3, moisture: 0.15)
    /// Dry beach sand: shell and quartz.
    static let sand = Material(
        "sand", base: 0.18,
        [
            .step(center: 560, width: 85, rise: 0.24),
            .step(center: 1000, width: 240, rise: 0.12),
            .absorption(center: 1420, width: 28, depth: 0.1),
            .absorption(center: 1935, width: 42, depth: 0.18),
            .absorption(center: 2335, width: 24, depth: 0.12),
        ])
    /// Wet sand at the waterline.
    static let wetSand = Material(
        "wet sand", base: 0.1,
        [
            .step(center: 560, width: 85, rise: 0.12),
            .absorption(center: 975, width: 36, depth: 0.14),
            .absorption(center: 1195, width: 50, depth: 0.3),
            .step(center: 1360, width: 40, rise: -0.09),
            .absorption(center: 1450, width: 70, depth: 0.7),
            .absorption(center: 1945, width: 90, depth: 0.85),
        ])
    /// Potassium alunite.
    static let alunite = Material(
        "alunite", base: 0.22,
        [
            .step(center: 520, width: 60, rise: 0.28),
            .absorption(center: 1430, width: 18, depth: 0.3),
            .absorption(center: 1478, width: 17, depth: 0.34),
            .absorption(center: 1762, width: 20, depth: 0.3),
            .absorption(center: 2168, width: 26, depth: 0.46),
            .absorption(center: 2320, width: 22, depth: 0.28),
        ])
    /// Well-ordered kaolinite: the 2165/2207 nm doublet.
    static let kaolinite = Material(
        "kaolinite", base: 0.3,
        [
            .step(center: 500, width: 55, rise: 0.32),
            .absorption(center: 1396, width: 14, depth: 0.32),
            .absorption(center: 1414, width: 10, depth: 0.36),
            .absorption(center: 1915, width: 30, depth: 0.16),
            .absorption(center: 2165, width: 14, depth: 0.3),
            .absorption(center: 2207, width: 15, depth: 0.46),
            .absorption(center: 2380, width: 26, depth: 0.22),
        ])
    /// Hematite: ferric iron alone.
    static let hematite = Material(
        "hematite", base: 0.035,
        [
            .step(center: 592, width: 17, rise: 0.2),
            .step(center: 760, width: 30, rise: 0.07),
            .step(center: 1150, width: 110, rise: 0.18),
            .absorption(center: 862, width: 52, depth: 0.36),
        ])
    /// Calcite: the carbonate bands.
    static let calcite = Material(
        "calcite", base: 0.42,
        [
            .step(center: 480, width: 60, rise: 0.24),
            .absorption(center: 1875, width: 30, depth: 0.1),
            .absorption(center: 1995, width: 28, depth: 0.14),
            .absorption(center: 2160, width: 26, depth: 0.09),
            .absorption(center: 2338, width: 27, depth: 0.42),
        ])
    /// Chlorite: magnesium hydroxide and ferrous iron.
    static let chlorite = Material(
        "chlorite", base: 0.1,
        [
            .bump(center: 550, width: 60, height: 0.06),
            .step(center: 1350, width: 130, rise: 0.2),
            .absorption(center: 1080, width: 160, depth: 0.25),
            .absorption(center: 2252, width: 18, depth: 0.2),
            .absorption(center: 2332, width: 26, depth: 0.38),
        ])
}
