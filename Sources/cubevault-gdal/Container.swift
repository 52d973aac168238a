#if GDAL
import CGDAL
import ContainerFormats
import Glibc

/// Opens files: as arrays with named dimensions where the format has them (netCDF, HDF5, HDF4),
/// otherwise as rasters.
enum Container {
    /// The cubes in a file.
    static func candidates(in path: String) throws -> [HelperCandidate] {
        try check(path)
        if let file = try ArrayFile(path: path), file.hasImages { return file.candidates }
        return try RasterFile(path: path).candidates
    }

    /// One cube of a file, or its only one.
    static func open(_ path: String, variable: String?) throws -> any OpenCube {
        try check(path)
        if let file = try ArrayFile(path: path), file.hasImages {
            return try file.cube(named: variable)
        }
        return try RasterFile(path: path).cube(named: variable)
    }

    /// Picks one of several by its name, by the last part of its name, or by its number from 1.
    static func index(of variable: String, in candidates: [HelperCandidate]) throws -> Int {
        let exact = candidates.firstIndex { $0.name == variable || $0.name == "/" + variable }
        if let exact { return exact }
        let last = candidates.indices.filter {
            candidates[$0].name.split(separator: "/").last.map(String.init) == variable
        }
        if last.count == 1 { return last[0] }
        if let number = Int(variable), candidates.indices.contains(number - 1) {
            return number - 1
        }
        throw HelperFailure(
            .unknownVariable, "there is no cube named '\(variable)'", candidates: candidates)
    }

    /// Only ordinary local files are opened: GDAL takes URLs, archives and connection strings too.
    private static func check(_ path: String) throws {
        var status = stat()
        guard path.hasPrefix("/"), !path.hasPrefix("/vsi"), stat(path, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else {
            throw HelperFailure(.unreadable, "it is not a local file with an absolute path")
        }
    }
}
#endif
