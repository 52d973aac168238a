import Basics
import Cube

/// A small colour picture of a cube, made by streaming it once in little memory.
///
/// Each pixel is the mean of the valid samples that it covers; each channel is stretched from its
/// 2nd to its 98th percentile, with a root of 0.7. A pixel without any valid
/// sample is transparent and dark.
public struct Quicklook: Sendable {
    /// Bytes of samples read at once, unless one row of the picture needs more.
    private static let blockByteCount = 16 << 20

    /// Bands shown as red, green and blue.
    public let bandIndices: [Int]
    /// The longest side of the picture in pixels.
    public let maximumSideLength: Int

    /// A quicklook of the given cube's natural colours, or of three chosen bands.
    ///
    /// - Parameters:
    ///   - description: the cube that will be drawn.
    ///   - maximumSideLength: a cube larger than this is averaged down; at least 1.
    ///   - bandIndices: exactly three bands for red, green and blue; natural colours if left out.
    /// - Throws: ``PicturesError/noSuchBand(index:bandCount:)``.
    public init(
        of description: CubeDescription, maximumSideLength: Int = 1024, bandIndices: [Int]? = nil
    ) throws {
        precondition(maximumSideLength > 0, "a picture has at least one pixel")
        let bands = bandIndices ?? Self.naturalColorBands(of: description)
        precondition(bands.count == 3, "red, green and blue are three bands")
        for band in bands where !(0..<description.geometry.bands).contains(band) {
            throw PicturesError.noSuchBand(index: band, bandCount: description.geometry.bands)
        }
        self.bandIndices = bands
        self.maximumSideLength = maximumSideLength
    }

    /// Draws a cube.
    ///
    /// - Parameters:
    ///   - source: a cube with this quicklook's bands.
    ///   - stop: asked between blocks.
    ///   - progress: told the lines read so far.
    /// - Throws: what the source throws, or ``Basics/BasicsError/stopped``.
    public func picture(
        of source: any CubeSource, stop: StopToken? = nil, progress: ProgressSink? = nil
    ) throws -> Picture {
        let planes = try planes(of: source, stop: stop, progress: progress)
        return planes.picture(stretch: planes.stretch())
    }

    /// Draws an original on the left and its reconstruction on the right, both stretched as the
    /// original is, so that they can be compared by eye.
    ///
    /// - Throws: ``PicturesError/differentExtents(original:reconstruction:)``, what the sources
    ///   throw, or ``Basics/BasicsError/stopped``.
    public func pair(
        original: any CubeSource, reconstruction: any CubeSource, stop: StopToken? = nil,
        progress: ProgressSink? = nil
    ) throws -> Picture {
        let extents = (original.description.geometry, reconstruction.description.geometry)
        guard extents.0 == extents.1 else {
            throw PicturesError.differentExtents(
                original: extents.0.description, reconstruction: extents.1.description)
        }
        let left = try planes(of: original, stop: stop, progress: progress)
        let right = try planes(of: reconstruction, stop: stop, progress: progress)
        let stretch = left.stretch()
        let gap = max(4, left.width / 100)
        var picture = Picture(
            width: 2 * left.width + gap, height: left.height, color: .white)
        picture.paste(left.picture(stretch: stretch), column: 0, row: 0)
        picture.paste(right.picture(stretch: stretch), column: left.width + gap, row: 0)
        return picture
    }

    /// The good bands nearest 640, 550 and 460 nm where the cube sees all three; else three
    /// good bands spread over the spectrum, the longest wavelength (or last band) as red.
    public static func naturalColorBands(of description: CubeDescription) -> [Int] {
        let all = Array(description.bands.indices)
        let flagged = all.filter { description.bands[$0].isGood }
        let good = flagged.isEmpty ? all : flagged
        if let wavelengths = description.wavelengthsNanometers {
            let nearest = [640.0, 550, 460].compactMap { wanted in
                good.min { abs(wavelengths[$0] - wanted) < abs(wavelengths[$1] - wanted) }
                    .flatMap { abs(wavelengths[$0] - wanted) <= 45 ? $0 : nil }
            }
            if Set(nearest).count == 3 { return nearest }
            let ordered = good.sorted { wavelengths[$0] < wavelengths[$1] }
            return [5, 3, 1].map { ordered[ordered.count * $0 / 6] }
        }
        return [5, 3, 1].map { good[good.count * $0 / 6] }
    }

    /// Averages the three bands down, block by block.
    private func planes(
        of source: any CubeSource, stop: StopToken?, progress: ProgressSink?
    ) throws -> QuicklookPlanes {
        let geometry = source.description.geometry
        let longest = max(geometry.lines, geometry.samples)
        let factor = (longest + maximumSideLength - 1) / maximumSideLength
        var planes = QuicklookPlanes(
            geometry: geometry, factor: factor, nodataValue: source.description.nodataValue)
        let rowByteCount =
            factor * geometry.samples * 3 * source.description.sampleType.byteCount
        let step = factor * max(1, Self.blockByteCount / rowByteCount)
        for first in stride(from: 0, to: geometry.lines, by: step) {
            try stop?.check()
            let lines = first..<min(first + step, geometry.lines)
            let window = CubeWindow(lines: lines, of: geometry)
            planes.add(try source.read(window, bandIndices: bandIndices))
            progress?(
                ProgressReport(
                    activity: "quicklook", subject: source.description.sensor ?? "cube",
                    completedCount: lines.upperBound, totalCount: geometry.lines, unit: "lines"))
        }
        return planes
    }
}
