import Basics
import CubeCodec
import Testing

extension ExactCoder {
    /// Decodes 2,000 mutations of a block's payload, each of which must be refused or give a block
    /// of the same layout.
    ///
    /// - Parameter headByteCount: where half of the mutations are.
    /// - Returns: how many were refused, and how many gave another block.
    func decodeMutations(
        of payload: [UInt8], _ block: WordBlock, headByteCount: Int, _ mutator: inout Mutator
    ) throws -> (refusedCount: Int, changedCount: Int) {
        var (refusedCount, changedCount) = (0, 0)
        for _ in 0..<2000 {
            let mutated = mutator.mutated(payload, headByteCount: headByteCount)
            do {
                let decoded = try decode(mutated[...], layout: block.layout)
                #expect(decoded.bytes.count == block.bytes.count)
                changedCount += decoded == block ? 0 : 1
            } catch is BasicsError {
                refusedCount += 1
            }
        }
        return (refusedCount, changedCount)
    }
}
