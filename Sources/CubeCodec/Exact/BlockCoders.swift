/// Codes each block of a cube by the coder that makes it smallest.
struct BlockCoders: Sendable {
    /// The standard's coder with the cube's settings; nil where it is not to be tried.
    private let ccsds: CCSDSCoder?

    init(ccsds: CCSDSCoder?) { self.ccsds = ccsds }

    /// The coder that most blocks will name.
    var usual: ExactCoderIdentifier { ccsds == nil ? .bandDifference : .ccsds123 }

    /// Codes a block.
    func encode(_ words: WordBlock) throws -> (coder: ExactCoderIdentifier, payload: [UInt8]) {
        let differences = BandDifferenceCoder().coded(words)
        guard let payload = try ccsds?.encode(words),
            payload.count < ByteEntropy.byteCount(of: differences)
        else { return (.bandDifference, differences) }
        return (.ccsds123, payload)
    }
}
