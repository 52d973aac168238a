import Foundation
import Testing

/// What the kernel says of this process's memory.
enum ProcessMemory {
    /// The largest resident size so far.
    static func peakByteCount() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        let number = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first)
        return try #require(Int(number)) * 1024
    }
}
