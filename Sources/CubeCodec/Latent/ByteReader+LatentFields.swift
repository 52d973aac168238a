import Basics
import MetaLearning

extension ByteReader {
    /// Reads what ``ByteWriter/writeCompact(_:)`` wrote.
    mutating func readCompact() throws(BasicsError) -> Double {
        let kind = try read(UInt8.self)
        switch kind {
        case 0:
            let folded = try readVariableLength()
            let whole = Int64(folded >> 1) ^ -Int64(folded & 1)
            guard abs(whole) <= 1 << 53 else { throw malformed("a whole number is too large") }
            return Double(whole)
        case 1: return Double(try readFloat())
        case 2: return try readDouble()
        default: throw malformed("a number of kind \(kind)")
        }
    }

    /// Reads what ``ByteWriter/writeBandStates(_:)`` wrote: exactly `bandCount` states.
    mutating func readBandStates(bandCount: Int) throws(BasicsError) -> [BandState] {
        var states: [BandState] = []
        for _ in 0..<(try readVariableLength()) {
            let code = try readVariableLength()
            guard code >> 2 > 0, code >> 2 <= bandCount - states.count else {
                throw malformed("its band states do not match the cube's \(bandCount) bands")
            }
            let state: BandState
            switch code & 3 {
            case 0: state = .live
            case 1: state = .absent
            case 2: state = .constant(try readCompact())
            default: throw malformed("a band state of kind 3")
            }
            states += repeatElement(state, count: Int(code >> 2))
        }
        guard states.count == bandCount else {
            throw malformed("it has states for \(states.count) of \(bandCount) bands")
        }
        return states
    }
}
