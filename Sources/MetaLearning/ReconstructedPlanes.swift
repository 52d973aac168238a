import Cube

/// The planes that a reconstruction fills, [bands][lines][samples]; each worker writes its own
/// pixels.
struct ReconstructedPlanes: @unchecked Sendable {
    private let values: UnsafeMutableBufferPointer<Float>
    private let window: CubeWindow

    init(_ values: UnsafeMutableBufferPointer<Float>, window: CubeWindow) {
        self.values = values
        self.window = window
    }

    /// Stores decoded values, [positions][pixels of the piece], in data units.
    func store(
        _ decoded: [Float], window piece: CubeWindow, positions: [Int], scaling: ValueScaling
    ) {
        var next = 0
        for position in positions {
            for line in piece.lines {
                let row = position * window.lines.count + line - window.lines.lowerBound
                let first =
                    row * window.samples.count + piece.samples.lowerBound
                    - window.samples.lowerBound
                for offset in 0..<piece.samples.count {
                    values[first + offset] = Float(scaling.sample(decoded[next]))
                    next += 1
                }
            }
        }
    }
}
