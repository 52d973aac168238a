import Foundation

/// What the kernel says of this process's memory.
public enum ProcessMemory {
    /// The largest resident size so far.
    public static func peakByteCount() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let words = line?.split(whereSeparator: \.isWhitespace) ?? []
        guard words.count > 1, let kibibytes = Int(words[1]) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return kibibytes * 1024
    }
}
