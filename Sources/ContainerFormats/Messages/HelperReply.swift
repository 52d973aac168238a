import Cube

/// One line that cubevault-gdal answers.
public enum HelperReply: Codable, Sendable, Equatable {
    /// The cubes in a file.
    case candidates(list: [HelperCandidate])
    /// The open cube; `variable` is nil where the file is one cube as a whole.
    case opened(description: CubeDescription, variable: String?, warnings: [String])
    /// `byteCount` raw bytes follow the line: [bands][lines][samples], little-endian.
    case samples(byteCount: Int)
    /// What was asked is done.
    case done(warnings: [String])
    /// What was asked cannot be done; the helper goes on listening.
    case failed(failure: HelperFailure)
}
