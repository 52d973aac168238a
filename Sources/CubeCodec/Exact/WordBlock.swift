/// What an ``ExactCoder`` codes: little-endian two's complement words, [bands][lines][samples],
/// ordered as the samples that they stand for.
///
/// Samples of every type become such words without loss, so a coder never sees a sample type: see
/// ``SampleWords``. Quantised samples are such words too.
public struct WordBlock: Sendable, Equatable {
    /// The block's extent.
    public let layout: WordLayout
    /// [bands][lines][samples] words of `layout.wordByteCount` bytes.
    public var bytes: [UInt8]

    /// A block over existing words.
    public init(layout: WordLayout, bytes: [UInt8]) {
        precondition(bytes.count == layout.byteCount, "a block's bytes must match its layout")
        self.layout = layout
        self.bytes = bytes
    }

    /// A block of zero words, to be filled.
    public init(zeroed layout: WordLayout) {
        self.init(layout: layout, bytes: [UInt8](repeating: 0, count: layout.byteCount))
    }
}
