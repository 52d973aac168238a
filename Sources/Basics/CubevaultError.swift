/// What every module's error enum can say of itself, so that the command line and the daemon treat
/// all of them alike: a sentence for a person, and the exit status that is part of the interface.
///
/// The description names what happened, to which file or cube, and what to do about it.
public protocol CubevaultError: Error, CustomStringConvertible, Sendable {
    /// The process exit status that this error stands for.
    var exitStatus: ExitStatus { get }
}

extension CubevaultError {
    /// Most errors are plain failures.
    public var exitStatus: ExitStatus { .failed }
}
