import Basics

/// Values that cannot describe a cube, or a request that a cube cannot answer.
public enum CubeError: CubevaultError, Equatable {
    /// A dimension is zero or negative, or their product overflows; the source's header is wrong.
    case impossibleGeometry(lines: Int, samples: Int, bands: Int, reason: String)
    /// A window or band list reaches outside the cube; choose one inside the stated geometry.
    case outsideCube(request: String, geometry: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .impossibleGeometry(let lines, let samples, let bands, let reason):
            "\(lines) lines x \(samples) samples x \(bands) bands cannot be a cube: \(reason)"
        case .outsideCube(let request, let geometry):
            "\(request) is outside the cube, which has \(geometry)"
        }
    }

    /// A wrong request is the caller's mistake; a wrong geometry is the file's.
    public var exitStatus: ExitStatus {
        switch self {
        case .impossibleGeometry: .failed
        case .outsideCube: .usage
        }
    }
}
