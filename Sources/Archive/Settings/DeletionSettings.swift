/// Settings of `[deletion]`: how what nothing refers to is deleted.
public struct DeletionSettings: Sendable, Equatable {
    /// Whether the daemon collects by itself.
    public var automatic = true
    /// Hours between two of its collections.
    public var intervalHours = 24.0
    /// Days that something must have been marked before it is deleted.
    public var graceDays = 7.0
    /// Mebibytes kept back so that a collection can work on a full disk; 0 for none.
    public var reserveMebibytes = 16

    /// The defaults.
    public init() {}
}
