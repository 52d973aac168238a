import Cube
import Glibc

/// Three planes of mean values, filled from blocks of full-width lines.
///
/// Invariant: `sums` and `counts` have 3 * width * height elements.
struct QuicklookPlanes {
    /// Columns and rows of the picture.
    let width: Int
    let height: Int
    private let factor: Int
    private let nodataValue: Double?
    // [channels][rows][columns]
    private var sums: [Double]
    // [channels][rows][columns]
    private var counts: [Int32]

    /// Planes that average `factor` x `factor` pixels of a cube into one.
    init(geometry: CubeGeometry, factor: Int, nodataValue: Double?) {
        width = (geometry.samples + factor - 1) / factor
        height = (geometry.lines + factor - 1) / factor
        self.factor = factor
        self.nodataValue = nodataValue
        sums = Array(repeating: 0, count: 3 * width * height)
        counts = Array(repeating: 0, count: 3 * width * height)
    }

    /// Adds the valid samples of a block of three bands.
    mutating func add(_ block: SampleBlock) {
        let samples = block.window.samples
        for channel in 0..<3 {
            // [lines][samples]
            let plane = block.plane(ofBandAt: channel)
            var index = 0
            for line in block.window.lines {
                let row = (channel * height + line / factor) * width
                for sample in samples {
                    let value = plane[index]
                    index += 1
                    guard value.isFinite, value != nodataValue else { continue }
                    sums[row + sample / factor] += value
                    counts[row + sample / factor] += 1
                }
            }
        }
    }

    /// The 2nd and 98th percentile of every channel.
    func stretch() -> [ClosedRange<Double>] {
        (0..<3).map { channel in
            let values = (0..<width * height).compactMap { mean(channel, $0) }.sorted()
            guard let last = values.indices.last else { return 0...0 }
            return values[last * 2 / 100]...values[(last * 98 + 99) / 100]
        }
    }

    /// The picture, each channel's range stretched over black to white.
    func picture(stretch: [ClosedRange<Double>]) -> Picture {
        let planeSize = width * height
        // [channels][rows][columns]
        var levels = [UInt8](repeating: 0, count: 3 * planeSize)
        for channel in 0..<3 {
            for pixel in 0..<planeSize {
                guard let value = mean(channel, pixel) else { continue }
                levels[channel * planeSize + pixel] = Self.level(value, stretch[channel])
            }
        }
        var picture = Picture(width: width, height: height, color: .missing)
        for pixel in 0..<planeSize {
            let (green, blue) = (planeSize + pixel, 2 * planeSize + pixel)
            guard counts[pixel] > 0 || counts[green] > 0 || counts[blue] > 0 else { continue }
            picture[pixel % width, pixel / width] = PictureColor(
                red: levels[pixel], green: levels[green], blue: levels[blue])
        }
        return picture
    }

    private func mean(_ channel: Int, _ pixel: Int) -> Double? {
        let index = channel * width * height + pixel
        return counts[index] == 0 ? nil : sums[index] / Double(counts[index])
    }

    /// A channel without contrast is drawn in the middle. The root brings out the shadows, which
    /// fill most of a scene whose brightest things are few.
    private static func level(_ value: Double, _ range: ClosedRange<Double>) -> UInt8 {
        let width = range.upperBound - range.lowerBound
        guard width > 0 else { return 128 }
        let share = max(0, min(1, (value - range.lowerBound) / width))
        return UInt8((pow(share, 0.7) * 255).rounded())
    }
}
