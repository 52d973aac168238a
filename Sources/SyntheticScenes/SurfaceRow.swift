/// The values of a layout's smooth surfaces along one line.
struct SurfaceRow {
    /// [surfaces][samples]
    let values: UnsafeMutableBufferPointer<Float>
    /// Samples per surface.
    let sampleCount: Int

    /// The values of one surface, [samples].
    func row(_ surface: Int) -> UnsafeMutableBufferPointer<Float> {
        let start = surface * sampleCount
        return UnsafeMutableBufferPointer(rebasing: values[start..<start + sampleCount])
    }

    /// One surface's value at a position within the row.
    subscript(surface: Int, position: Int) -> Float {
        @inline(__always) get { values[surface * sampleCount + position] }
    }
}
