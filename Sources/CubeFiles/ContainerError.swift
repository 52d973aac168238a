import Basics

/// Why a cube inside a container file (.mat, GeoTIFF, HDF5, netCDF, ERDAS) cannot be had, or a
/// GeoTIFF cannot be written.
public enum ContainerError: CubevaultError, Equatable {
    /// The file is damaged, truncated or not of a kind that can be read.
    case unreadable(path: String, reason: String)
    /// The file holds several cubes; name one of them.
    case ambiguous(path: String, candidates: [VariableCandidate])
    /// The file holds no array that is a cube by itself; one of the candidates may be named.
    case noCube(path: String, candidates: [VariableCandidate])
    /// The named array is not in the file.
    case unknownVariable(path: String, variable: String, candidates: [VariableCandidate])
    /// The named array is there, but its values or its shape are not a cube's.
    case unsupportedVariable(path: String, variable: String, reason: String)
    /// No room, or no permission, for the temporary file that a large array is unpacked into.
    case temporaryStorageFailed(folder: String, byteCount: Int, reason: String)
    /// There is no cubevault-gdal, so nothing that needs GDAL can be read or written.
    case helperMissing(path: String, searched: [String])
    /// There is a cubevault-gdal, but it was built without libgdal.
    case helperWithoutGDAL(helper: String)
    /// cubevault-gdal crashed, hung or answered nonsense while it worked on the file.
    case helperFailed(helper: String, path: String, reason: String)
    /// A GeoTIFF could not be written.
    case writeFailed(path: String, reason: String)

    /// What happened, to which file, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        case .ambiguous(let path, let candidates):
            "\(path) holds several cubes; name one as the variable: \(Self.list(candidates))"
        case .noCube(let path, let candidates):
            "\(path) holds no array that is a cube by itself"
                + (candidates.isEmpty ? "" : "; these can be named: \(Self.list(candidates))")
        case .unknownVariable(let path, let variable, let candidates):
            "\(path) holds no cube named '\(variable)'"
                + (candidates.isEmpty ? "" : "; it holds \(Self.list(candidates))")
        case .unsupportedVariable(let path, let variable, let reason):
            "'\(variable)' in \(path) cannot be read as a cube: \(reason)"
        case .temporaryStorageFailed(let folder, let byteCount, let reason):
            "cannot set aside \(byteCount) bytes in \(folder) to unpack an array (\(reason)); "
                + "free some space there or set TMPDIR to another folder"
        case .helperMissing, .helperWithoutGDAL, .helperFailed:
            helperDescription
        case .writeFailed(let path, let reason):
            "cannot write \(path): \(reason)"
        }
    }

    /// A file that needs to be told its variable is a usage error; the rest are failures.
    public var exitStatus: ExitStatus {
        switch self {
        case .ambiguous, .noCube: .usage
        case .unknownVariable: .notFound
        default: .failed
        }
    }

    private var helperDescription: String {
        switch self {
        case .helperMissing(let path, let searched):
            "cannot use \(path): GeoTIFF, HDF5, netCDF, HDF4 and ERDAS files need the program "
                + "cubevault-gdal, which is not in \(searched.joined(separator: ", ")); install "
                + "it, or build it with `swift build --traits GDAL`, or set "
                + "CUBEVAULT_GDAL_HELPER to its path"
        case .helperWithoutGDAL(let helper):
            "\(helper) was built without GDAL, so GeoTIFF, HDF5, netCDF, HDF4 and ERDAS files "
                + "cannot be used; build it with `swift build --traits GDAL`"
        case .helperFailed(let helper, let path, let reason):
            "\(helper) failed on \(path): \(reason); the file is probably damaged, and nothing "
                + "else is affected"
        default: ""
        }
    }

    private static func list(_ candidates: [VariableCandidate]) -> String {
        candidates.map(\.description).joined(separator: ", ")
    }
}
