/// Plants, living and dry.
extension Material {
    /// A dense green canopy.
    ///
    /// - Parameters:
    ///   - plateau: near-infrared reflectance, 0.2...0.6.
    ///   - green: height of the green peak, 0.02...0.1.
    ///   - water: leaf water, 0...1: depth of the infrared water bands.
    ///   - edge: position of the red edge in nanometres, 700...725.
    static func canopy(
        _ name: String, plateau: Double, green: Double, water: Double, edge: Double
    ) -> Material {
        Material(
            name, base: 0.035,
            [
                .bump(center: 552, width: 28, height: green),
                .step(center: edge, width: 9.5, rise: plateau - 0.035),
                .bump(center: 850, width: 110, height: 0.03),
                .absorption(center: 672, width: 14, depth: 0.35),
                .absorption(center: 975, width: 28, depth: 0.12 * water),
                .absorption(center: 1190, width: 42, depth: 0.24 * water),
                .step(center: 1330, width: 28, rise: -0.32 * plateau * (0.6 + 0.4 * water)),
                .absorption(center: 1455, width: 58, depth: 0.78 * water),
                .step(center: 1860, width: 32, rise: -0.32 * plateau * (0.6 + 0.4 * water)),
                .absorption(center: 1945, width: 70, depth: 0.8 * water),
                .absorption(center: 2480, width: 150, depth: 0.6 * water),
            ])
    }

    /// Young cereals: strong near-infrared plateau.
    static let wheat = canopy("wheat", plateau: 0.52, green: 0.055, water: 0.9, edge: 716)
    /// Tall maize: brighter green, less plateau.
    static let maize = canopy("maize", plateau: 0.42, green: 0.085, water: 1.0, edge: 712)
    /// Short grass.
    static let grass = canopy("grass", plateau: 0.36, green: 0.06, water: 0.7, edge: 709)
    /// Broad-leaved trees.
    static let broadleaf = canopy("broadleaf", plateau: 0.44, green: 0.035, water: 0.85, edge: 718)
    /// Dark needle trees.
    static let conifer = canopy("conifer", plateau: 0.24, green: 0.018, water: 0.8, edge: 719)
    /// Sparse dry shrubs.
    static let shrub = canopy("shrub", plateau: 0.26, green: 0.02, water: 0.35, edge: 706)

    /// Straw after the harvest: cellulose and lignin bands.
    static let stubble = Material(
        "stubble", base: 0.06,
        [
            .step(center: 580, width: 75, rise: 0.22),
            .step(center: 1050, width: 190, rise: 0.16),
            .absorption(center: 1460, width: 55, depth: 0.16),
            .step(center: 1870, width: 35, rise: -0.06),
            .absorption(center: 1930, width: 50, depth: 0.2),
            .absorption(center: 2100, width: 48, depth: 0.2),
            .absorption(center: 2310, width: 42, depth: 0.17),
        ])
}
