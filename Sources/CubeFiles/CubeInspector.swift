import Cube

/// Says what would be catalogued and why not: `cubevault inspect`.
public struct CubeInspector: Sendable {
    private let opener: CubeOpener

    /// An inspector that opens containers with this opener.
    public init(opener: CubeOpener = CubeOpener()) { self.opener = opener }

    /// Inspects one path; never throws, because whatever is wrong is the inspection's reason.
    ///
    /// A lone ENVI header is described too. Compressed binaries are checked without being stored.
    public func inspect(_ path: String) -> Inspection {
        var inspection = Inspection(path: path)
        do {
            try inspect(path, into: &inspection)
            inspection.isCatalogued = true
        } catch CubeFilesError.binaryMissing {
            inspectLoneHeader(path, into: &inspection)
        } catch {
            inspection.reason = "\(error)"
        }
        return inspection
    }

    private func inspect(_ path: String, into inspection: inout Inspection) throws {
        let set = try opener.fileSet(for: path)
        inspection.format = set.format
        inspection.files = set.files.map(\.path)
        guard let headerPath = set.headerPath else {
            let cube = try opener.open(set)
            inspection.describe(
                cube.source.description, interleave: cube.binaryLayout?.interleave)
            inspection.warnings = cube.warnings
            return
        }
        let image = try ENVIImage(ENVIHeader(readingFrom: headerPath))
        inspection.describe(image.description, interleave: image.interleave)
        inspection.warnings = image.warnings
        try ENVICompleteness.check(binaryPath: set.primaryPath, image: image)
    }

    private func inspectLoneHeader(_ path: String, into inspection: inout Inspection) {
        inspection.files = [path]
        do {
            let header = try ENVIHeader(readingFrom: path)
            inspection.format = .envi
            let image = try ENVIImage(header)
            inspection.describe(image.description, interleave: image.interleave)
            inspection.warnings = image.warnings
            inspection.reason = CubeFilesError.binaryMissing(headerPath: path).description
        } catch {
            inspection.reason = "\(error)"
        }
    }
}
