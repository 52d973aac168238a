import Basics

/// Decides for a file in a watch folder whether its cube is complete.
///
/// Completeness is proven by counting bytes for ENVI and NumPy files; MATLAB and GDAL containers
/// only have to be non-empty. Counting cannot see that a header still grows or that a file of the
/// right length is still being filled, so a caller must also see all files of a set unchanged for
/// a quiet time. Symbolic links are refused: what they lead to may change or vanish on its own.
public struct DropAssessor: Sendable {
    /// Suffixes, in lower case, of files that another program is still writing.
    public static let partialSuffixes = [".part", ".partial", ".filepart", ".tmp"]

    /// An assessor.
    public init() {}

    /// Assesses one file; never throws, because whatever is wrong is a state with a reason.
    ///
    /// - Parameter listing: the folder of `path`, where the caller has read it already.
    public func assess(_ path: String, listing: FolderListing? = nil) -> DropState {
        let parts = FilePathParts(path)
        if let reason = Self.reasonToIgnore(name: parts.name) { return .ignored(reason) }
        guard let entry = FolderEntry(name: parts.name, path: path) else {
            return .ignored("it is no longer there")
        }
        if entry.isSymbolicLink { return .refused(Self.linkReason(path)) }
        switch entry.kind {
        case .folder: return .ignored("it is a folder")
        case .other: return .ignored("it is no regular file")
        case .file: break
        }
        do {
            let set = try CubeOpener().fileSet(for: path, listing: listing)
            for file in set.files where file.path != path {
                let other = FolderEntry(name: file.path, path: file.path)
                if other?.isSymbolicLink == true { return .refused(Self.linkReason(file.path)) }
            }
            return try assess(set)
        } catch let error as CubeFilesError {
            return state(of: error)
        } catch {
            return .refused("\(error)")
        }
    }

    /// Assesses every entry of a folder with one reading of it; keys are paths, names that are not
    /// UTF-8 included with their wrong bytes shown as U+FFFD.
    ///
    /// - Throws: ``BasicsError`` where the folder cannot be read.
    public func assessEntries(ofFolder folder: String) throws(BasicsError) -> [String: DropState] {
        let listing = try FolderListing(of: folder)
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        var states: [String: DropState] = [:]
        for entry in listing.entries {
            states[prefix + entry.name] = assess(prefix + entry.name, listing: listing)
        }
        for name in listing.unusableNames {
            states[prefix + name] = .refused("its name is not UTF-8 text; rename the file")
        }
        return states
    }

    private static func reasonToIgnore(name: String) -> String? {
        if name.hasPrefix(".") { return "its name begins with a dot" }
        let lowercased = name.lowercased()
        guard let suffix = partialSuffixes.first(where: lowercased.hasSuffix) else { return nil }
        return "\(suffix) files are still being written by another program"
    }

    private static func linkReason(_ path: String) -> String {
        "\(path) is a symbolic link; put the file itself into the folder"
    }

    private func assess(_ set: CubeFileSet) throws -> DropState {
        switch set.format {
        case .envi:
            guard let headerPath = set.headerPath else { break }
            let image = try ENVIImage(ENVIHeader(readingFrom: headerPath))
            try ENVICompleteness.check(binaryPath: set.primaryPath, image: image)
        case .numpy: _ = try NumPyCube(path: set.primaryPath)
        case .matlab, .gdal:
            if try CubeFormatDetector.magic(of: set.primaryPath).isEmpty {
                return .waiting("\(set.primaryPath) is empty")
            }
        }
        return .complete(set)
    }

    private func state(of error: CubeFilesError) -> DropState {
        switch error {
        case .headerIncomplete, .headerMissing, .binaryTruncated, .compressedStreamInvalid:
            return .waiting(error.description)
        case .binaryMissing(let headerPath): return stateOfLoneHeader(headerPath, error)
        case .headerInvalid(let path, _) where !endsWithLine(path):
            return .waiting(error.description)
        case .formatUnknown: return .ignored(error.description)
        default: return .refused(error.description)
        }
    }

    /// A header that will be refused anyway need not wait for its binary.
    private func stateOfLoneHeader(_ path: String, _ missing: CubeFilesError) -> DropState {
        do {
            _ = try ENVIImage(ENVIHeader(readingFrom: path))
            return .waiting(missing.description)
        } catch let error as CubeFilesError {
            return state(of: error)
        } catch {
            return .refused("\(error)")
        }
    }

    /// Whether a header's last line is finished; a wrong value in an unfinished one may only be the
    /// first half of a right one. A header that cannot be read again is taken as it was.
    private func endsWithLine(_ path: String) -> Bool {
        do {
            return try ENVIHeader(readingFrom: path).bytes.last == UInt8(ascii: "\n")
        } catch {
            return true
        }
    }
}
