import Foundation

/// The root of the checkout that these tests were built from.
public let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
