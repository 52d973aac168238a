/// A binary range encoder (Martin, 1979) with 32-bit state and carries resolved in the output.
///
/// The decoder takes bytes beyond the end as zeros, so the end costs no more than the bytes that
/// decide.
struct RangeEncoder: BinaryCoder {
    private var low: UInt32 = 0
    private var range: UInt32 = .max
    private var bytes: [UInt8] = []

    /// Writes a decision.
    mutating func code(_ bit: Bool, _ model: inout AdaptiveBit) -> Bool {
        write(bit, zeroRange: (range >> 16) * model.probabilityOfZero)
        model.learn(bit)
        return bit
    }

    /// Writes a decision of even probability.
    mutating func code(_ bit: Bool) -> Bool {
        write(bit, zeroRange: range >> 1)
        return bit
    }

    private mutating func write(_ bit: Bool, zeroRange: UInt32) {
        if bit {
            add(zeroRange)
            range -= zeroRange
        } else {
            range = zeroRange
        }
        while range < 1 << 24 {
            bytes.append(UInt8(truncatingIfNeeded: low >> 24))
            low <<= 8
            range <<= 8
        }
    }

    private mutating func add(_ amount: UInt32) {
        let (sum, carry) = low.addingReportingOverflow(amount)
        low = sum
        guard carry else { return }
        var index = bytes.count - 1
        // The interval never leaves 0..<1, so some earlier byte can take the carry.
        while bytes[index] == 255 {
            bytes[index] = 0
            index -= 1
        }
        bytes[index] += 1
    }

    /// Ends the stream with as few bytes as name a number inside the last interval.
    consuming func finish() -> [UInt8] {
        for byteCount in 0...4 {
            let unit = UInt64(1) << (32 - 8 * UInt64(byteCount))
            let value = (UInt64(low) + unit - 1) / unit * unit
            guard value < UInt64(low) + UInt64(range) else { continue }
            add(UInt32(value - UInt64(low)))
            for position in 0..<byteCount {
                bytes.append(UInt8(truncatingIfNeeded: low >> UInt32(24 - 8 * position)))
            }
            break
        }
        return bytes
    }
}
