import Basics
import CubeFiles
import Foundation

/// Assesses the files of one scan, reading each folder once: thousands of drops at a time must not
/// cost thousands of readings of their folder.
final class ScanAssessor {
    private let assessor = DropAssessor()
    private var listings: [String: FolderListing] = [:]

    /// Forgets what the last scan saw.
    func beginScan() { listings = [:] }

    /// What a file is, as its folder was when this scan first looked at it.
    func assess(_ path: String) -> DropState {
        let folder = (path as NSString).deletingLastPathComponent
        if listings[folder] == nil {
            do {
                listings[folder] = try FolderListing(of: folder)
            } catch {
                return .waiting("its folder cannot be listed: \(error.description)")
            }
        }
        return assessor.assess(path, listing: listings[folder])
    }
}
