import CubeCodec

extension Fidelity {
    /// A fidelity from its textual form.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` for any other text.
    public init(parsing text: String) throws {
        guard let fidelity = Fidelity(text) else {
            throw ArchiveError.badArgument(
                reason: "a fidelity is 'lossless', 'max-error=N' with N from 0 on, "
                    + "'max-error=N%' with N from 0.001 to 50, or 'latent'; '\(text)' is none")
        }
        self = fidelity
    }

    /// Whether what is stored at ingest equals the source.
    var isExact: Bool {
        switch self {
        case .lossless, .latent: true
        case .maximumError, .maximumRelativeError: false
        }
    }
}
