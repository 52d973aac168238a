/// What became of a request.
public struct ArchiveReply: Sendable, Codable {
    /// The report that the command prints, as JSON text; nil where the request failed.
    public var report: String?
    /// Why the request failed; nil where it did not.
    public var error: String?
    /// The exit status that the command ends with.
    public var exitStatus: Int32

    /// States what became of a request.
    public init(report: String?, error: String?, exitStatus: Int32) {
        self.report = report
        self.error = error
        self.exitStatus = exitStatus
    }
}
