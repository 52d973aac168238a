import Cube

/// How a .mat array's columns lie in a cube.
///
/// Arrays are column-major: a column is a run along the first dimension.
enum MATLABLayout: Sendable {
    /// [bands][samples][lines]: lines x samples x bands, or one band where it has two dimensions.
    case image
    /// [pixels][bands]: bands x pixels, the pixels in column-major order too, so that pixel
    /// `line + sample * lines` is at (line, sample). Unmixing scenes are distributed so.
    case pixelColumns

    /// Copies whole columns to their places in a band-sequential cube.
    ///
    /// - Parameters:
    ///   - values: [columns][length of a column] values.
    ///   - cube: [bands][lines][samples] values of the same size.
    func scatter<Value>(
        _ values: UnsafeBufferPointer<Value>, firstColumn: Int, geometry: CubeGeometry,
        into cube: UnsafeMutableBufferPointer<Value>
    ) {
        let length = self == .image ? geometry.lines : geometry.bands
        let step = self == .image ? geometry.samples : geometry.pixelCount
        let columnCount = values.count / length
        // Several columns at a time: in an image, neighbouring columns are neighbouring samples, so
        // that each cache line of the cube is written in one go.
        for group in stride(from: 0, to: columnCount, by: 16) {
            let columns = group..<min(group + 16, columnCount)
            let places = columns.map { place(ofColumn: firstColumn + $0, geometry) }
            for index in 0..<length {
                for column in columns {
                    cube[places[column - group] + index * step] = values[column * length + index]
                }
            }
        }
    }

    /// Where a column's first value goes.
    private func place(ofColumn column: Int, _ geometry: CubeGeometry) -> Int {
        switch self {
        case .image:
            let (band, sample) = column.quotientAndRemainder(dividingBy: geometry.samples)
            return band * geometry.pixelCount + sample
        case .pixelColumns:
            let (sample, line) = column.quotientAndRemainder(dividingBy: geometry.lines)
            return line * geometry.samples + sample
        }
    }
}
