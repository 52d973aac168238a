import Cube

/// Samples that a damaged block took with it; all ends are included and count from 0 in the cube.
///
/// Its keys are part of the JSON interface.
public struct LostRegion: Sendable, Codable, Hashable {
    /// First and last line.
    public let firstLine: Int, lastLine: Int
    /// First and last sample of those lines.
    public let firstSample: Int, lastSample: Int
    /// The lost bands, in the order in which they were asked for.
    public let bandIndices: [Int]
    /// What is wrong with the block.
    public let reason: String

    /// States a region.
    public init(_ window: CubeWindow, bandIndices: [Int], reason: String) {
        firstLine = window.lines.lowerBound
        lastLine = window.lines.upperBound - 1
        firstSample = window.samples.lowerBound
        lastSample = window.samples.upperBound - 1
        self.bandIndices = bandIndices
        self.reason = reason
    }

    /// The pixels of the region.
    public var window: CubeWindow {
        CubeWindow(lines: firstLine..<lastLine + 1, samples: firstSample..<lastSample + 1)
    }

    /// For people: `lines 12 to 23, samples 0 to 99, bands 0 to 223`.
    public var placeDescription: String {
        var bands = "\(bandIndices.count) bands"
        if let first = bandIndices.first,
            bandIndices.elementsEqual(first..<first + bandIndices.count)
        {
            bands = "bands \(first) to \(first + bandIndices.count - 1)"
        }
        return
            "lines \(firstLine) to \(lastLine), samples \(firstSample) to \(lastSample), \(bands)"
    }
}
