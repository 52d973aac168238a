import Basics
import MetaLearning

extension ByteWriter {
    /// Appends what a plain stream says before its prediction.
    mutating func writeTemplate(of latent: SceneLatent, step: Float) {
        for count in [latent.rows, latent.columns, latent.latentCount] {
            writeVariableLength(UInt64(count))
        }
        write(step)
        writeScalingAndStates(of: latent)
    }

    /// Appends what a stream that is coded against a prior says before its prediction: the
    /// exponent in zigzag.
    mutating func writeTemplate(of latent: SceneLatent, exponent: Int) {
        writeVariableLength(UInt64(bitPattern: Int64(exponent << 1 ^ exponent >> 63)))
        writeScalingAndStates(of: latent)
    }

    private mutating func writeScalingAndStates(of latent: SceneLatent) {
        writeCompact(latent.scaling.offset)
        writeCompact(latent.scaling.gain)
        writeBandStates(latent.bandStates)
    }

    /// Appends a number briefly: a byte 0 and a zigzag LEB128 for whole numbers within ±2^53 except
    /// -0; a byte 1 and 4 bytes where a Float has the same value and sign; else a byte 2 and 8
    /// bytes.
    mutating func writeCompact(_ value: Double) {
        let whole = Int64(exactly: value).flatMap { abs($0) <= 1 << 53 ? $0 : nil }
        if let whole, Double(whole).bitPattern == value.bitPattern {
            write(UInt8(0))
            writeVariableLength(UInt64(bitPattern: whole << 1 ^ whole >> 63))
        } else if Double(Float(value)).bitPattern == value.bitPattern {
            write(UInt8(1))
            write(Float(value))
        } else {
            write(UInt8(2))
            write(value)
        }
    }

    /// Appends runs of equal states: their number, then 4 x length + kind each, constants followed
    /// by their value. Kinds: 0 live, 1 absent, 2 constant.
    mutating func writeBandStates(_ states: [BandState]) {
        var runs: [(state: BandState, count: Int)] = []
        for state in states {
            if let last = runs.last, last.state == state {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((state, 1))
            }
        }
        writeVariableLength(UInt64(runs.count))
        for run in runs {
            switch run.state {
            case .live: writeVariableLength(UInt64(run.count) << 2)
            case .absent: writeVariableLength(UInt64(run.count) << 2 | 1)
            case .constant(let value):
                writeVariableLength(UInt64(run.count) << 2 | 2)
                writeCompact(value)
            }
        }
    }
}
