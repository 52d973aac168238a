import Foundation

/// What every benchmark prints and how it takes time: JSON lines on standard output.
package enum BenchmarkReport {
    package static func write(_ values: [String: any Encodable & Sendable]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let fields = try values.sorted { $0.key < $1.key }.map { key, value in
            let text = String(decoding: try encoder.encode(value), as: UTF8.self)
            return "\"\(key)\":\(text)"
        }
        let line = "{" + fields.joined(separator: ",") + "}\n"
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    }

    /// The least of several times of some work, in seconds: the machine's noise only adds.
    package static func leastSeconds(of repetitionCount: Int, _ work: () throws -> Void) rethrows
        -> Double
    {
        var least = Double.infinity
        for _ in 0..<repetitionCount {
            let start = ContinuousClock.now
            try work()
            let parts = (ContinuousClock.now - start).components
            least = min(least, Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
        }
        return least
    }
}
