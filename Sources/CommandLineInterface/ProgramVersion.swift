/// The program's version, as `--version` says it.
enum ProgramVersion {
    /// Semantic version of the program and its JSON interface.
    static let current = "0.1.0"
}
