/// Finds the header of a binary and the binary of a header within one folder.
///
/// `X.img.hdr` belongs to `X.img` alone; `X.hdr` belongs to `X` or to `X` with one of the known
/// extensions, unless that file has a header of the longer kind. Extensions match in any case, the
/// rest of a name exactly.
struct ENVIPairing {
    /// Extensions of ENVI binaries, in lower case.
    static let binaryExtensions = ["img", "dat", "raw", "bsq", "bil", "bip", "hyspex"]

    let listing: FolderListing

    /// The name of the header that may belong to a binary, unless ``binaryName(ofHeader:)`` gives
    /// that header to another file; nil where there is none.
    func headerName(ofBinary name: String) throws(CubeFilesError) -> String? {
        let long = longHeaders(ofBinary: name)
        if !long.isEmpty { return try single(long, for: name) }
        guard Self.binaryExtensions.contains(FilePathParts.lowercasedExtension(of: name)) else {
            return nil
        }
        let short = variants(stem: FilePathParts(name).stem, fileExtension: "hdr")
        return try single(short, for: name)
    }

    /// The name of the binary that belongs to a header; nil where there is none.
    func binaryName(ofHeader name: String) throws(CubeFilesError) -> String? {
        let stem = FilePathParts(name).stem
        let stemExtension = FilePathParts.lowercasedExtension(of: stem)
        if Self.binaryExtensions.contains(stemExtension) {
            let bare = FilePathParts(stem).stem
            let exact = files(listing.entries(resembling: stem)).filter { $0 == stem }
            let others = variants(stem: bare, fileExtension: stemExtension)
            return try single(exact.isEmpty ? others : exact, for: name)
        }
        var candidates: [String] = []
        if !CubeFormatDetector.containerExtensions.contains(stemExtension) {
            candidates = files(listing.entries(resembling: stem)).filter { $0 == stem }
        }
        for binaryExtension in Self.binaryExtensions {
            candidates += variants(stem: stem, fileExtension: binaryExtension).filter {
                longHeaders(ofBinary: $0).isEmpty
            }
        }
        return try single(candidates, for: name)
    }

    /// The name of a folder or device where a binary's header should be; nil where there is none.
    func obstacle(toHeaderOfBinary name: String) -> String? {
        let stem = FilePathParts(name).stem
        return [name, stem].lazy
            .flatMap { stem in
                listing.entries(resembling: stem + ".hdr").filter {
                    $0.kind != .file && $0.name.hasPrefix(stem + ".")
                }
            }
            .map(\.name).first
    }

    /// Headers of the longer kind; one that spells the binary's extension as the binary does comes
    /// before one that does not.
    private func longHeaders(ofBinary name: String) -> [String] {
        let exact = variants(stem: name, fileExtension: "hdr")
        let nameExtension = FilePathParts.lowercasedExtension(of: name)
        guard exact.isEmpty, Self.binaryExtensions.contains(nameExtension) else { return exact }
        return variants(
            stem: FilePathParts(name).stem, fileExtension: nameExtension + ".hdr")
    }

    /// Names of files that are `stem.fileExtension` with the extension in any case.
    private func variants(stem: String, fileExtension: String) -> [String] {
        guard !stem.isEmpty else { return [] }
        return files(listing.entries(resembling: stem + "." + fileExtension))
            .filter { $0.hasPrefix(stem + ".") }
    }

    private func files(_ entries: [FolderEntry]) -> [String] {
        entries.filter { $0.kind == .file }.map(\.name)
    }

    private func single(
        _ candidates: [String], for name: String
    ) throws(CubeFilesError) -> String? {
        guard candidates.count < 2 else {
            let folder = listing.path.hasSuffix("/") ? listing.path : listing.path + "/"
            throw .ambiguousPair(
                path: folder + name, candidates: candidates.map { folder + $0 })
        }
        return candidates.first
    }
}
