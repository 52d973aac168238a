import Basics
import CubeFiles
import Foundation

/// Why a drop failed, as the JSON file beside it in failed/ says; the keys are part of the
/// interface.
public struct FailedDrop: Sendable, Codable, Equatable {
    /// Suffix of the reason files.
    public static let reasonSuffix = ".failed.json"

    /// Names of the dropped files, relative to failed/.
    public var files: [String]
    /// Where the files lay in the watch folder, relative to ingest/, in the order of `files`.
    public var droppedAs: [String]
    /// What happened.
    public var reason: String
    /// When it happened (UTC).
    public var failedAt: Date
    /// How to try again.
    public var retry: String
}
