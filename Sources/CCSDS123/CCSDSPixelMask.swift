import Cube

/// Which pixels of an image are coded at all: an extension of ours that the standard does not know.
///
/// In a pixel that is left out, every band takes the sample representative of a pixel nearby, so
/// that an edge of a region without data looks to the predictor like an edge of the image. Nothing
/// is coded for it and no weight learns from it.
public struct CCSDSPixelMask: Hashable, Sendable {
    /// Extent of the image that it is for.
    public let lines, samples: Int
    /// How many pixels are coded; at least one, and not all.
    public let codedCount: Int
    /// [lines][samples]: -1 for a pixel that is coded; of one that is left out, the sample that it
    /// takes the representative of: one to its left in its own line; any other in the line above,
    /// or in the first line the band before.
    let sources: [Int32]

    /// A mask over [lines][samples] pixels; nil where it leaves out none or all of them.
    public init?(lines: Int, samples: Int, isLeftOut: [Bool]) {
        precondition(isLeftOut.count == lines * samples, "one flag per pixel")
        codedCount = isLeftOut.count { !$0 }
        guard codedCount > 0, codedCount < isLeftOut.count, samples <= Int32.max else { return nil }
        self.lines = lines
        self.samples = samples
        var sources = [Int32](repeating: -1, count: isLeftOut.count)
        for line in 0..<lines {
            let first = line * samples
            var start = 0
            while start < samples {
                guard isLeftOut[first + start] else {
                    start += 1
                    continue
                }
                let rest = isLeftOut[first + start..<first + samples]
                let end = (rest.firstIndex(of: false) ?? first + samples) - first
                for sample in start..<end {
                    sources[first + sample] = Self.source(
                        of: sample, in: start..<end, samples: samples)
                }
                start = end
            }
        }
        self.sources = sources
    }

    /// The nearest of the two coded pixels beside a run of pixels that are left out; of a line that
    /// is left out whole, the pixel above.
    private static func source(of sample: Int, in run: Range<Int>, samples: Int) -> Int32 {
        let (left, right) = (run.lowerBound - 1, run.upperBound)
        if left < 0, right == samples { return Int32(sample) }
        let isLeftNearer = left >= 0 && (right == samples || sample - left <= right - sample)
        return Int32(isLeftNearer ? left : right)
    }

    /// Where a pixel that is left out takes its samples from; nil for one that is coded.
    func source(line: Int, sample: Int) -> Int? {
        let source = sources[line * samples + sample]
        return source < 0 ? nil : Int(source)
    }

    /// Whether a pixel is left out.
    public func isLeftOut(line: Int, sample: Int) -> Bool { sources[line * samples + sample] >= 0 }

    /// The mask of some lines; nil where it leaves out none or all of their pixels.
    func excerpt(lines: Range<Int>) -> CCSDSPixelMask? {
        let pixels = lines.lowerBound * samples..<lines.upperBound * samples
        return CCSDSPixelMask(
            lines: lines.count, samples: samples, isLeftOut: sources[pixels].map { $0 >= 0 })
    }

    /// Whether it is for an image of this extent.
    func fits(_ geometry: CubeGeometry) -> Bool {
        geometry.lines == lines && geometry.samples == samples
    }

    /// What an entropy coder sees of a header's image: one line of the coded pixels, band by band.
    func codedPart(of header: CCSDSHeader) throws -> CCSDSHeader {
        var part = header
        part.geometry = try CubeGeometry(
            lines: 1, samples: codedCount, bands: header.geometry.bands)
        part.parameters.encodingOrder = .bandSequential
        return part
    }

    /// The coded ones of [bands][lines][samples] values, [bands][coded pixels].
    func gathered(_ values: [Int32]) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(values.count / sources.count * codedCount)
        for first in stride(from: 0, to: values.count, by: sources.count) {
            for pixel in sources.indices where sources[pixel] < 0 {
                result.append(values[first + pixel])
            }
        }
        return result
    }

    /// The reverse, with 0 for what is left out.
    func scattered(_ values: [Int32]) -> [Int32] {
        let bandCount = values.count / codedCount
        var result = [Int32](repeating: 0, count: bandCount * sources.count)
        var next = 0
        for first in stride(from: 0, to: result.count, by: sources.count) {
            for pixel in sources.indices where sources[pixel] < 0 {
                result[first + pixel] = values[next]
                next += 1
            }
        }
        return result
    }
}
