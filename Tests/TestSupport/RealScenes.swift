import Foundation
import Testing

/// The folder of real scenes, which is never part of the repository.
///
/// Tests that need it carry `.enabled(if: RealScenes.areHere, RealScenes.absence)`.
public enum RealScenes {
    /// CUBEVAULT_SCENES, or `../shared/scenes` beside the checkout.
    public static let folder: String =
        ProcessInfo.processInfo.environment["CUBEVAULT_SCENES"]
        ?? packageRoot.deletingLastPathComponent().appending(path: "shared/scenes").path

    /// Whether the folder is there.
    public static let areHere = FileManager.default.fileExists(atPath: folder + "/README.md")

    /// Why a test that needs the scenes was skipped.
    public static let absence: Comment = "no real scenes: set CUBEVAULT_SCENES to their folder"

    /// The path of one scene file, relative to the folder.
    public static func path(_ relative: String) -> String { folder + "/" + relative }
}
