/// A place that several threads write to, each its own elements.
struct SharedElements<Element>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Element>
}
