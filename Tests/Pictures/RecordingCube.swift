import Cube
import Synchronization

/// A cube of zeros that remembers how large the largest block was that somebody read from it.
final class RecordingCube: CubeSource {
    let description: CubeDescription
    private let largest = Mutex(0)

    init(lines: Int, samples: Int, bands: Int) throws {
        description = CubeDescription(
            geometry: try CubeGeometry(lines: lines, samples: samples, bands: bands),
            sampleType: .uint16)
    }

    /// Most lines read at once.
    var largestLineCount: Int { largest.withLock { $0 } }

    func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        largest.withLock { $0 = max($0, window.lines.count) }
        return SampleBlock(zeroed: window, bandIndices: bandIndices, sampleType: .uint16)
    }
}
