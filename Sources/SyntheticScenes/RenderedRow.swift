import Cube

/// Where a rendered row of counts belongs.
struct RenderedRow {
    /// Image line.
    let line: Int
    /// Band index in the cube.
    let band: Int
    /// Place of the band in the request.
    let position: Int

    /// The row's index in a [bands][lines] block of a window.
    func rowIndex(in window: CubeWindow) -> Int {
        position * window.lines.count + line - window.lines.lowerBound
    }
}
