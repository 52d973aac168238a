import Cube

/// The bytes of a file of raw samples, built sample by sample: slow and plain, so that the reader
/// and the writer are each judged against something that shares no code with them.
enum FileBytes {
    /// The three axes of a file, the last one varying fastest.
    enum Axis { case line, sample, band }

    static func axes(of interleave: Interleave) -> [Axis] {
        switch interleave {
        case .bsq: [.band, .line, .sample]
        case .bil: [.line, .band, .sample]
        case .bip: [.line, .sample, .band]
        }
    }

    static func bytes(of cube: MemoryCube, axes: [Axis], byteOrder: ByteOrder) -> [UInt8] {
        let geometry = cube.description.geometry
        let size = cube.description.sampleType.byteCount
        func count(_ axis: Axis) -> Int {
            switch axis {
            case .line: geometry.lines
            case .sample: geometry.samples
            case .band: geometry.bands
            }
        }
        var file: [UInt8] = []
        for first in 0..<count(axes[0]) {
            for second in 0..<count(axes[1]) {
                for third in 0..<count(axes[2]) {
                    let place = zip(axes, [first, second, third])
                    func index(_ axis: Axis) -> Int { place.first { $0.0 == axis }?.1 ?? 0 }
                    let row = index(.band) * geometry.lines + index(.line)
                    let start = (row * geometry.samples + index(.sample)) * size
                    let sample = cube.block.bytes[start..<start + size]
                    file += byteOrder == .littleEndian ? Array(sample) : sample.reversed()
                }
            }
        }
        return file
    }
}
