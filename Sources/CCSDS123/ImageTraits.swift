import Cube

/// What the parameters' limits depend on: the image without its samples.
struct ImageTraits: Equatable, Sendable {
    let geometry: CubeGeometry
    /// Dynamic range D in bits, 2...32.
    let bitDepth: Int
    let isSigned: Bool

    /// s_min, s_mid and s_max.
    var range: SampleRange { SampleRange(bitDepth: bitDepth, isSigned: isSigned) }
}
