import Archive
import Pictures

/// PSNR above and latent bits below, a place per cube that was encoded against both networks.
struct ComparisonPlot {
    private static let width = 1200
    private static let height = 500

    private let comparison: BaseComparison
    /// Ascending by the first network's PSNR.
    private let cubes: [BaseComparison.Entry]

    /// Nil where no cube was encoded against both.
    init?(_ comparison: BaseComparison) {
        cubes = comparison.commonCubes.sorted {
            ($0.first?.psnrDecibels ?? .infinity) < ($1.first?.psnrDecibels ?? .infinity)
        }
        if cubes.isEmpty { return nil }
        self.comparison = comparison
    }

    /// The drawing.
    func picture() -> Picture {
        let versions = "base \(comparison.first.version) and \(comparison.second.version)"
        let quality = chart(
            "Reconstruction of each cube, \(versions)", "PSNR in dB", { $0.psnrDecibels ?? .nan })
        let bits = chart(
            "Latent of each cube, \(versions)", "bits", { Double($0.latentBitCount) })
        var picture = Picture(width: Self.width, height: 2 * Self.height, color: .white)
        picture.paste(quality, column: 0, row: 0)
        picture.paste(bits, column: 0, row: Self.height)
        return picture
    }

    private func chart(
        _ title: String, _ label: String, _ value: (BaseComparison.Figures) -> Double
    ) -> Picture {
        let xs = cubes.indices.map { Double($0 + 1) }
        func series(
            _ version: Int, _ side: (BaseComparison.Entry) -> BaseComparison.Figures?
        ) -> ChartSeries {
            ChartSeries(
                name: "base \(version)", xs: xs,
                ys: cubes.map { side($0).map(value) ?? .nan }, hasMarkers: true)
        }
        return LineChart(
            title: title, xLabel: "cubes, by PSNR under base \(comparison.first.version)",
            yLabel: label,
            series: [
                series(comparison.first.version, \.first),
                series(comparison.second.version, \.second),
            ]
        ).picture(width: Self.width, height: Self.height)
    }
}
