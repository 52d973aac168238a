import CubeFiles
import Foundation
import Testing
import TestSupport

/// The cubevault-gdal of this build, for tests.
enum TestHelper {
    /// Named by the environment, or beside the test bundle, or in the build folder.
    static let installed: GDALHelper? = {
        if let named = GDALHelper.locate() { return named }
        let bundles = CommandLine.arguments.filter { $0.hasSuffix(".xctest") }
        let folders =
            bundles.map { URL(filePath: $0).deletingLastPathComponent().path }
            + ["release", "debug"].map { packageRoot.appending(path: ".build/\($0)").path }
        return folders.map { $0 + "/cubevault-gdal" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { GDALHelper(path: $0) }
    }()

    /// Whether it can be run and has GDAL.
    static let hasGDAL: Bool = {
        do {
            return try installed?.gdalVersion() != nil
        } catch {
            return false
        }
    }()

    /// Why a test that needs GDAL was skipped.
    static let absence: Comment =
        "no cubevault-gdal with GDAL: build with --traits GDAL or set CUBEVAULT_GDAL_HELPER"

    /// The helper of a test that is enabled only where there is one.
    static func required() throws -> GDALHelper { try #require(installed) }
}

/// Everything that starts helpers runs one test at a time, because two of the test machine's cores
/// would otherwise start dozens.
@Suite(.serialized)
enum `GDAL helper` {}
