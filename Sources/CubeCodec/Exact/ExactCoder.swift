/// Codes blocks of words without loss.
///
/// The coder's output goes into one zstd frame, so it may leave the last step to zstd or do it all
/// itself. A coder has no state between blocks: every block is coded and decoded alone, from any
/// thread.
public protocol ExactCoder: Sendable {
    /// The coder's number in the stream.
    static var identifier: ExactCoderIdentifier { get }

    /// Codes a block; nil where the coder cannot hold a block of this extent or range.
    func encode(_ words: WordBlock) throws -> [UInt8]?

    /// Decodes a block of a known layout from hostile bytes.
    ///
    /// - Throws: where the bytes cannot be such a block, before anything of the layout's size is
    ///   allocated. Bytes that decode to other words are the caller's to find, by checksum.
    func decode(_ payload: ArraySlice<UInt8>, layout: WordLayout) throws -> WordBlock
}
