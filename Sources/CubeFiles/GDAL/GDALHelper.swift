import ContainerFormats
import Foundation

/// The program cubevault-gdal, which reads and writes what only GDAL understands, as a child
/// process: a crash in one of GDAL's parsers costs a child, and the main program starts without its
/// 131 shared libraries.
public struct GDALHelper: Sendable, Hashable {
    /// The program's absolute path.
    public let path: String
    /// Seconds without a byte from the helper after which it is taken to hang.
    public var timeoutSeconds: Double = 120

    /// A helper at a known place.
    public init(path: String) { self.path = path }

    /// The helper that is installed; nil where there is none.
    ///
    /// CUBEVAULT_GDAL_HELPER names it; otherwise it is looked for beside the running program, in
    /// /usr/lib/cubevault and in /usr/libexec/cubevault.
    public static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> GDALHelper? {
        searchedPaths(environment: environment)
            .first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { GDALHelper(path: $0) }
    }

    /// The installed helper, for work on one file.
    ///
    /// - Throws: ``ContainerError/helperMissing(path:searched:)``.
    public static func required(
        for path: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> GDALHelper {
        guard let helper = locate(environment: environment) else {
            throw ContainerError.helperMissing(
                path: path, searched: searchedPaths(environment: environment))
        }
        return helper
    }

    /// The version of libgdal in the helper, such as `3.6.2`; nil where it was built without.
    ///
    /// - Throws: ``ContainerError/helperFailed(helper:path:reason:)`` where it cannot be run.
    public func gdalVersion() throws -> String? {
        try HelperProcess(self, filePath: path).greet().gdalVersion
    }

    private static func searchedPaths(environment: [String: String]) -> [String] {
        // A helper that was named is the only one: a wrong name should be noticed.
        if let named = environment["CUBEVAULT_GDAL_HELPER"], !named.isEmpty { return [named] }
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let folders = [
            program.deletingLastPathComponent().path, "/usr/lib/cubevault",
            "/usr/libexec/cubevault",
        ]
        return folders.map { $0 + "/cubevault-gdal" }
    }
}
