import Basics

/// Failures of coding and decoding: streams that are damaged or from another version, and requests
/// that the code cannot meet.
public enum CubeCodecError: CubevaultError, Equatable {
    /// The header of an exact stream cannot be used; restore the blob from a copy of the archive.
    case damagedHeader(reason: String)
    /// The samples of some lines are lost; other lines can still be read.
    case damagedBlock(lines: Range<Int>, reason: String)
    /// The stream is of another cube than the catalog says.
    case wrongCube(expected: String, found: String)
    /// The stream was written by a later version of the program; use that version to read it.
    case unknownVersion(structure: String, version: Int)
    /// The cube has more bands than a stream may have; no instrument does, so check its source.
    case tooManyBands(count: Int, limit: Int)
    /// The bytes of a latent cannot be used; restore the blob from a copy of the archive.
    case damagedLatent(reason: String)
    /// A latent has values that no quantiser step can hold: it is not finite or far too large.
    case latentOutOfRange(step: Float)
    /// CCSDS 123.0-B-2 cannot hold the samples, or the stream uses a part of it that is left out.
    case notForTheStandard(reason: String)
    /// A stream of the standard that somebody sent is damaged; get it again.
    case damagedStandardStream(reason: String)
    /// What was just encoded does not decode to the same; check the memory of this machine.
    case standardStreamNotVerified(reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .damagedHeader(let reason):
            "the exact stream's header is damaged: \(reason); restore the blob from a copy"
        case .damagedBlock(let lines, let reason):
            "lines \(lines.lowerBound) to \(lines.upperBound - 1) are damaged: \(reason); "
                + "restore the blob from a copy ('restore --salvage' gives the other lines)"
        case .wrongCube(let expected, let found):
            "the stream holds \(found), but \(expected) was expected"
        case .unknownVersion(let structure, let version):
            "\(structure) has version \(version), which this program does not know; "
                + "use a later version of the program"
        case .tooManyBands(let count, let limit):
            "the cube has \(count) bands, over the limit of \(limit); check its source"
        case .damagedLatent(let reason):
            "the latent is damaged: \(reason); restore the blob from a copy of the archive"
        case .latentOutOfRange(let step):
            "the latent has values too large for a step of \(step); fit the latent again"
        case .notForTheStandard(let reason), .damagedStandardStream(let reason): reason
        case .standardStreamNotVerified(let reason):
            "the stream does not decode to the cube's samples: \(reason); nothing was written; "
                + "check the memory of this machine"
        }
    }

    /// What cannot be decoded is damaged data.
    public var exitStatus: ExitStatus {
        switch self {
        case .damagedHeader, .damagedBlock, .wrongCube, .damagedLatent, .damagedStandardStream:
            .damaged
        case .unknownVersion, .tooManyBands, .latentOutOfRange, .notForTheStandard,
            .standardStreamNotVerified:
            .failed
        }
    }
}
