import Basics
import Cube
import Foundation

/// Finds the files of a cube and opens them, whatever their format.
public struct CubeOpener: Sendable {
    /// Where compressed binaries are inflated.
    public let temporaryFolder: String

    /// An opener that uses the system's folder for temporary files unless told otherwise.
    public init(temporaryFolder: String = FileManager.default.temporaryDirectory.path) {
        self.temporaryFolder = temporaryFolder
    }

    /// The files that belong together with the one at `path`; a header and its binary give the same
    /// set. Symbolic links are followed.
    ///
    /// - Parameter listing: the folder of `path`, where the caller has read it already.
    /// - Throws: ``CubeFilesError`` where the other half is missing or ambiguous or the format is
    ///   unknown, ``BasicsError`` where the file is not there or cannot be read.
    public func fileSet(for path: String, listing: FolderListing? = nil) throws -> CubeFileSet {
        let parts = FilePathParts(path)
        guard let entry = FolderEntry(name: parts.name, path: path) else {
            throw BasicsError.fileOperationFailed(
                operation: "open", path: path, errorNumber: ENOENT)
        }
        let fileExtension = parts.lowercasedExtension
        switch entry.kind {
        case .folder where fileExtension == "zarr":
            return CubeFileSet(format: .gdal, containerPath: path)
        case .folder: throw CubeFilesError.pathUnusable(path: path, reason: "it is a folder")
        case .other:
            throw CubeFilesError.pathUnusable(path: path, reason: "it is no regular file")
        case .file: break
        }
        if let format = CubeFormatDetector.format(ofExtension: fileExtension) {
            return CubeFileSet(format: format, containerPath: path)
        }
        let pairing = ENVIPairing(listing: try listing ?? FolderListing(of: parts.folder))
        if fileExtension == "hdr" {
            guard let binary = try pairing.binaryName(ofHeader: parts.name) else {
                throw CubeFilesError.binaryMissing(headerPath: path)
            }
            return enviSet(folder: parts.prefix, binary: binary, header: parts.name)
        }
        if let header = try pairing.headerName(ofBinary: parts.name),
            try pairing.binaryName(ofHeader: header) == parts.name
        {
            return enviSet(folder: parts.prefix, binary: parts.name, header: header)
        }
        return try setWithoutHeader(path, pairing)
    }

    /// Opens a set of files.
    ///
    /// - Parameter variable: the variable of a container that holds several; nil chooses the only
    ///   or the likeliest one.
    /// - Throws: ``CubeFilesError`` where the files are no usable cube, ``BasicsError`` where one
    ///   cannot be read or a stop was requested.
    public func open(
        _ fileSet: CubeFileSet, variable: String? = nil, stop: StopToken? = nil
    ) throws -> OpenedCube {
        switch fileSet.format {
        case .envi:
            try refuse(variable, of: fileSet)
            return try openENVI(fileSet, stop: stop)
        case .numpy:
            try refuse(variable, of: fileSet)
            let cube = try NumPyCube(path: fileSet.primaryPath)
            return OpenedCube(
                source: cube, fileSet: fileSet, binaryLayout: cube.layout, warnings: cube.warnings)
        case .matlab:
            let cube = try MATLABCube(path: fileSet.primaryPath, variable: variable)
            return OpenedCube(source: cube, fileSet: fileSet, variable: cube.variable)
        case .gdal:
            let cube = try GDALCube(
                path: fileSet.primaryPath, variable: variable,
                helper: GDALHelper.required(for: fileSet.primaryPath))
            return OpenedCube(
                source: cube, fileSet: fileSet, variable: cube.variable, warnings: cube.warnings)
        }
    }

    private func openENVI(_ fileSet: CubeFileSet, stop: StopToken?) throws -> OpenedCube {
        guard let headerPath = fileSet.headerPath else {
            throw CubeFilesError.headerMissing(binaryPath: fileSet.primaryPath)
        }
        let cube = try ENVICube(
            headerPath: headerPath, binaryPath: fileSet.primaryPath,
            temporaryFolder: temporaryFolder, stop: stop)
        return OpenedCube(
            source: cube, fileSet: fileSet, headerBytes: cube.header.bytes,
            binaryLayout: cube.layout, warnings: cube.warnings)
    }

    private func refuse(_ variable: String?, of fileSet: CubeFileSet) throws(CubeFilesError) {
        if let variable {
            throw .variableUnknown(path: fileSet.primaryPath, variable: variable)
        }
    }

    private func enviSet(folder: String, binary: String, header: String) -> CubeFileSet {
        let stem = FilePathParts(header).stem
        let isLong = ENVIPairing.binaryExtensions.contains(
            FilePathParts.lowercasedExtension(of: stem))
        return CubeFileSet(
            format: .envi,
            files: [
                CubeFile(role: .binary, path: folder + binary),
                CubeFile(role: .header, path: folder + header),
            ],
            name: isLong ? FilePathParts(stem).stem : stem)
    }

    /// A file that no header belongs to: a container by its first bytes, or half a pair.
    private func setWithoutHeader(_ path: String, _ pairing: ENVIPairing) throws -> CubeFileSet {
        let parts = FilePathParts(path)
        if let obstacle = pairing.obstacle(toHeaderOfBinary: parts.name) {
            throw CubeFilesError.pathUnusable(
                path: parts.prefix + obstacle, reason: "a header must be a file")
        }
        let magic = try CubeFormatDetector.magic(of: path)
        if let format = CubeFormatDetector.format(ofMagic: magic) {
            return CubeFileSet(format: format, containerPath: path)
        }
        let fileExtension = parts.lowercasedExtension
        guard fileExtension.isEmpty || ENVIPairing.binaryExtensions.contains(fileExtension) else {
            throw CubeFilesError.formatUnknown(path: path)
        }
        throw CubeFilesError.headerMissing(binaryPath: path)
    }
}
