import Basics

/// Why a file cannot be read or written as a cube.
public enum CubeFilesError: CubevaultError, Equatable {
    /// The header ends too early or lacks a key. Complete it; a header in a watch folder may still
    /// be being written.
    case headerIncomplete(path: String, reason: String)
    /// The header's text cannot mean a cube: a wrong value, an impossible extent. Correct it.
    case headerInvalid(path: String, reason: String)
    /// The file is sound but does not hold a cube: a spectral library, a classification, complex
    /// samples. Nothing to repair; leave it out.
    case notACube(path: String, reason: String)
    /// The header's binary is not beside it; put it there.
    case binaryMissing(headerPath: String)
    /// The binary's header is not beside it; put it there.
    case headerMissing(binaryPath: String)
    /// Several files could be the other half of a pair. Rename or move all but one.
    case ambiguousPair(path: String, candidates: [String])
    /// The binary is shorter than its header says: still being copied, or cut off.
    case binaryTruncated(path: String, expectedByteCount: Int, foundByteCount: Int)
    /// A gzip stream is damaged or holds more than its header says. Copy the file again.
    case compressedStreamInvalid(path: String, reason: String)
    /// The file's format is not one that Cubevault knows. Convert it to ENVI, for instance.
    case formatUnknown(path: String)
    /// The format is known, but this program cannot read it here.
    case formatUnreadable(path: String, format: CubeFormat, reason: String)
    /// The file holds one unnamed array, so no variable can be chosen. Leave the name out.
    case variableUnknown(path: String, variable: String)
    /// The path cannot name a cube file: a folder, a device, a link, a name that is not UTF-8.
    case pathUnusable(path: String, reason: String)
    /// A written file is short of samples; nothing may trust it.
    case writeIncomplete(path: String, expectedSampleCount: Int, writtenSampleCount: Int)

    /// What happened, to which file, and what to do.
    public var description: String {
        switch self {
        case .headerIncomplete(let path, let reason): "the header \(path) is incomplete: \(reason)"
        case .headerInvalid(let path, let reason): "the header of \(path) is wrong: \(reason)"
        case .notACube(let path, let reason): "\(path) is not an image cube: \(reason)"
        case .binaryMissing(let path):
            "the header \(path) has no binary beside it "
                + "(looked for the same name without .hdr, or with .img .dat .raw .bsq .bil .bip "
                + ".hyspex)"
        case .headerMissing(let path):
            "\(path) has no ENVI header beside it, and its own bytes name no known format"
        case .ambiguousPair(let path, let candidates):
            "\(path) belongs with more than one file: \(candidates.joined(separator: ", ")); "
                + "rename or move all but one"
        case .binaryTruncated(let path, let expected, let found):
            "\(path) is truncated: its header promises \(expected) bytes, \(found) are there"
        case .compressedStreamInvalid(let path, let reason):
            "the gzip stream of \(path) is not usable: \(reason)"
        case .formatUnknown(let path):
            "\(path) is in no format that Cubevault knows; convert it to ENVI, for instance"
        case .formatUnreadable(let path, let format, let reason):
            "\(path) (\(format.rawValue)) cannot be read here: \(reason)"
        case .variableUnknown(let path, let variable):
            "\(path) holds one unnamed array, so there is no variable '\(variable)'; "
                + "leave the name out"
        case .pathUnusable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .writeIncomplete(let path, let expected, let written):
            "\(path) was left incomplete: \(written) of \(expected) samples were written"
        }
    }
}
