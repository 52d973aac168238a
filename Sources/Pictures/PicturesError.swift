import Basics

/// Failures to make a picture.
public enum PicturesError: CubevaultError, Equatable {
    /// libpng could not encode or write the picture; check the folder and the space left in it.
    case writingFailed(path: String, reason: String)
    /// A band was asked for that the cube does not have; choose others.
    case noSuchBand(index: Int, bandCount: Int)
    /// Two cubes cannot stand side by side because their extents differ.
    case differentExtents(original: String, reconstruction: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .writingFailed(let path, let reason):
            "cannot write the picture \(path): \(reason)"
        case .noSuchBand(let index, let bandCount):
            "there is no band \(index): the cube has \(bandCount) bands, counted from 0"
        case .differentExtents(let original, let reconstruction):
            "a reconstruction with \(reconstruction) cannot stand beside an original with "
                + original
        }
    }

    /// A wrong band is the caller's mistake.
    public var exitStatus: ExitStatus {
        switch self {
        case .noSuchBand: .usage
        case .writingFailed, .differentExtents: .failed
        }
    }
}
