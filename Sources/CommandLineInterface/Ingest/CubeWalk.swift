import Basics
import CubeFiles
import Foundation

/// Finds the cubes among the paths that a command was given, walking into folders.
///
/// The files of one cube count once, whichever of them is met first. Links to folders are not
/// followed, so a walk always ends.
struct CubeWalk {
    /// What was found.
    struct Finding: Equatable {
        /// The path that names the cube or the thing that is none.
        var path: String
        /// Whether the user named it, rather than a folder above it.
        var isNamed: Bool
        /// Why it is not even the name of a cube; nil where it may be one.
        var objection: Objection?
    }

    /// What stands against a path.
    struct Objection: Equatable {
        /// The reason, for a person.
        var reason: String
        /// What a command would end with that is about this path alone.
        var exitStatus: ExitStatus
        /// Whether it is just not a cube, so that a walk may leave it aside.
        var isNoCube: Bool
    }

    /// What was found so far, in the order in which it was met.
    private(set) var findings: [Finding] = []
    private var seen: Set<String> = []
    private let opener = CubeOpener()
    private let stop: StopToken

    /// Walks all paths.
    ///
    /// - Throws: ``BasicsError/stopped``; everything else becomes an objection.
    init(_ paths: [String], stop: StopToken) throws {
        self.stop = stop
        for path in paths {
            if isWalkable(path) {
                try walk(path)
            } else {
                add(path, isNamed: true, listing: nil)
            }
        }
    }

    /// A folder, unless it is itself a cube's container.
    private func isWalkable(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return exists && isFolder.boolValue && !isContainer(path)
    }

    private func isContainer(_ folder: String) -> Bool {
        (folder as NSString).pathExtension.lowercased() == "zarr"
    }

    private mutating func walk(_ folder: String) throws {
        let listing: FolderListing
        do {
            listing = try FolderListing(of: folder)
        } catch {
            return refuse(folder, isNamed: false, error)
        }
        for name in listing.unusableNames {
            let reason = "its name is not UTF-8; rename it"
            let objection = Objection(reason: reason, exitStatus: .failed, isNoCube: false)
            findings.append(
                Finding(path: join(folder, name), isNamed: false, objection: objection))
        }
        for entry in listing.entries where !isTemporary(entry.name) {
            try stop.check()
            let path = join(folder, entry.name)
            switch entry.kind {
            case .folder where isContainer(path): add(path, isNamed: false, listing: listing)
            case .folder where !entry.isSymbolicLink: try walk(path)
            case .folder, .other: continue
            case .file: add(path, isNamed: false, listing: listing)
            }
        }
    }

    private mutating func add(_ path: String, isNamed: Bool, listing: FolderListing?) {
        do {
            let set = try opener.fileSet(for: path, listing: listing)
            let files = set.files.map { URL(filePath: $0.path).standardizedFileURL.path }
            guard seen.isDisjoint(with: files) else { return }
            seen.formUnion(files)
            findings.append(Finding(path: path, isNamed: isNamed))
        } catch {
            refuse(path, isNamed: isNamed, error)
        }
    }

    private mutating func refuse(_ path: String, isNamed: Bool, _ error: any Error) {
        let known = error as? any CubevaultError
        let objection = Objection(
            reason: known?.description ?? error.localizedDescription,
            exitStatus: known?.exitStatus ?? .failed, isNoCube: error.saysNoCube)
        findings.append(Finding(path: path, isNamed: isNamed, objection: objection))
    }

    /// Dot files and the names under which copying programs write what is not complete yet.
    private func isTemporary(_ name: String) -> Bool {
        let lowercased = name.lowercased()
        return name.hasPrefix(".")
            || DropAssessor.partialSuffixes.contains { lowercased.hasSuffix($0) }
    }

    private func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}

extension Error {
    /// Whether a file is just not a cube, so that a walk through a folder may leave it aside.
    var saysNoCube: Bool {
        switch self as any Error {
        case CubeFilesError.notACube, CubeFilesError.formatUnknown, CubeFilesError.headerMissing:
            true
        case ContainerError.noCube: true
        default: false
        }
    }
}
