import Basics

/// Failures that only a command can have.
enum CommandLineError: CubevaultError, Equatable {
    /// Neither `--archive` nor CUBEVAULT_ARCHIVE names the archive.
    case noArchiveNamed
    /// The user or the system interrupted the command; `advice` says how to go on.
    case interrupted(advice: String)
    /// Some of many things failed; each was reported as it did.
    case partlyFailed(failedCount: Int, totalCount: Int, noun: String)
    /// Options that contradict each other, or a value that the thing at hand cannot have.
    case badRequest(reason: String)
    /// Something that was named does not exist.
    case notThere(what: String)
    /// The process that writes to the archive refused or failed at what it was asked.
    case requestFailed(reason: String, exitStatus: ExitStatus)
    /// A file could not be written because one of that name is there.
    case outputExists(path: String)
    /// A command of the demo failed; it has said why.
    case demoStepFailed(command: String, status: Int32)

    /// What happened and what to do.
    var description: String {
        switch self {
        case .noArchiveNamed:
            "no archive is named: pass --archive DIR or set CUBEVAULT_ARCHIVE "
                + "('cubevault init DIR' makes one)"
        case .interrupted(let advice): "interrupted; \(advice)"
        case .partlyFailed(let failed, let total, let noun):
            "\(failed) of \(total) \(noun) failed; each reason is given above"
        case .badRequest(let reason), .requestFailed(let reason, _): reason
        case .notThere(let what): "there is no \(what)"
        case .outputExists(let path):
            "\(path) exists already; pass --force to replace it"
        case .demoStepFailed(let command, let status):
            "the demo ends here, because 'cubevault \(command)' ended with status \(status)"
        }
    }

    /// Part of the interface.
    var exitStatus: ExitStatus {
        switch self {
        case .noArchiveNamed, .badRequest: .usage
        case .interrupted: .interrupted
        case .partlyFailed, .outputExists, .demoStepFailed: .failed
        case .notThere: .notFound
        case .requestFailed(_, let status): status
        }
    }
}
