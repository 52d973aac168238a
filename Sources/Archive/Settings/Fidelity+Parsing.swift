import CubeCodec

extension Fidelity {
    /// A fidelity from its textual form.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)`` for any other text.
    public init(parsing text: String) throws {
        guard let fidelity = Fidelity(text) else {
            throw ArchiveError.badArgument(
                reason: "a fidelity is 'lossless', 'max-error=N' with N above 0, or 'latent'; "
                    + "'\(text)' is none")
        }
        self = fidelity
    }
}
