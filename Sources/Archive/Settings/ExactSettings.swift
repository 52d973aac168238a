import CubeCodec

/// Settings of `[exact]`.
public struct ExactSettings: Sendable, Equatable {
    /// How hard to try to make exact streams short where the call does not say: normal or best.
    public var effort = "normal"

    /// The effort as a value.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` where the text is none.
    func parsedEffort() throws -> ExactEffort {
        guard let value = ExactEffort(rawValue: effort) else {
            throw ArchiveError.badArgument(
                reason: "an effort is 'normal' or 'best'; '\(effort)' is none")
        }
        return value
    }
}
