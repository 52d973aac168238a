/// A place that several threads write to, each its own elements.
struct SharedFloats: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
}
