import Cube

/// The mixing loop: band by band over groups of lines whose ground truth fits in the cache.
extension SyntheticScene {
    /// Floats of ground truth held at once (4 MiB), unless one line needs more.
    private static let fieldBudget = 1 << 20

    /// Calls `deliver` with the noise-free counts, [samples], of every line of every wanted band.
    func render(
        _ window: CubeWindow, _ bandIndices: [Int],
        deliver: (UnsafeMutableBufferPointer<Float>, RenderedRow) -> Void
    ) {
        let count = window.samples.count
        let lineFieldCount = ground.fieldCount * count
        let groupSize = min(window.lines.count, max(1, Self.fieldBudget / lineFieldCount))
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: groupSize * lineFieldCount + 3 * count
        ) { scratch in
            let stripes = Stripes(
                gains: UnsafeMutableBufferPointer(rebasing: scratch[..<count]),
                offsets: UnsafeMutableBufferPointer(rebasing: scratch[count..<2 * count]))
            let row = UnsafeMutableBufferPointer(rebasing: scratch[2 * count..<3 * count])
            let fields = UnsafeMutableBufferPointer(rebasing: scratch[(3 * count)...])
            for first in stride(
                from: window.lines.lowerBound, to: window.lines.upperBound, by: groupSize)
            {
                let lines = first..<min(first + groupSize, window.lines.upperBound)
                for line in lines {
                    let start = (line - first) * lineFieldCount
                    let lineFields = fields[start..<start + lineFieldCount]
                    ground.fill(
                        UnsafeMutableBufferPointer(rebasing: lineFields), line: line,
                        samples: window.samples)
                }
                for (position, band) in bandIndices.enumerated() {
                    detector.fill(stripes, band: band, samples: window.samples)
                    for line in lines {
                        let start = (line - first) * lineFieldCount
                        let lineFields = fields[start..<start + lineFieldCount]
                        mix(
                            UnsafeMutableBufferPointer(rebasing: lineFields), band, stripes,
                            into: row)
                        deliver(row, RenderedRow(line: line, band: band, position: position))
                    }
                }
            }
        }
    }

    /// One line of one band: fields is [materials + 2][samples], row is [samples].
    private func mix(
        _ fields: UnsafeMutableBufferPointer<Float>, _ band: Int, _ stripes: Stripes,
        into row: UnsafeMutableBufferPointer<Float>
    ) {
        let count = row.count
        let materialCount = ground.materialCount
        row.update(repeating: 0)
        for material in 0..<materialCount {
            let weight = radiometry.materialCounts[band * materialCount + material]
            let abundances = UnsafeMutableBufferPointer(
                rebasing: fields[material * count..<(material + 1) * count])
            for index in 0..<count { row[index] += abundances[index] * weight }
        }
        let haze = UnsafeMutableBufferPointer(
            rebasing: fields[materialCount * count..<(materialCount + 1) * count])
        let vapour = UnsafeMutableBufferPointer(rebasing: fields[((materialCount + 1) * count)...])
        let path = radiometry.pathCounts[band]
        let slope = radiometry.vapourSlope[band]
        for index in 0..<count {
            let light = row[index] * (1 + vapour[index] * slope) + haze[index] * path
            row[index] = light * stripes.gains[index] + stripes.offsets[index]
        }
    }
}
