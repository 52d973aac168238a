/// A row-major matrix inside a flat array of parameters.
struct StridedMatrix: Hashable, Sendable {
    /// Index of its first element.
    let start: Int
    let rowCount: Int
    let columnCount: Int

    /// The elements, all consecutive.
    var range: Range<Int> { start..<start + rowCount * columnCount }
}
