/// The extent of a ``WordBlock`` and the width of its words.
public struct WordLayout: Hashable, Sendable {
    /// Number of bands, at least 1.
    public let bands: Int
    /// Number of lines, at least 1.
    public let lines: Int
    /// Number of samples of a line, at least 1.
    public let samples: Int
    /// Bytes of one word: 1, 2, 4 or 8.
    public let wordByteCount: Int

    /// States a layout.
    public init(bands: Int, lines: Int, samples: Int, wordByteCount: Int) {
        precondition([1, 2, 4, 8].contains(wordByteCount), "a word has 1, 2, 4 or 8 bytes")
        precondition(bands > 0 && lines > 0 && samples > 0, "a block holds at least one word")
        self.bands = bands
        self.lines = lines
        self.samples = samples
        self.wordByteCount = wordByteCount
    }

    /// Number of words of one band.
    public var pixelCount: Int { lines * samples }

    /// Number of words in all.
    public var wordCount: Int { bands * lines * samples }

    /// Bytes in all.
    public var byteCount: Int { wordCount * wordByteCount }

    /// Words that one byte of a coded block may stand for.
    private static let maximumWordsPerByte = 4096

    /// Whether so many coded bytes may stand for a block of this layout, so that few of them cannot
    /// claim much memory or time.
    func isClaimable(byByteCount byteCount: Int) -> Bool {
        wordCount / Self.maximumWordsPerByte <= byteCount
    }
}
