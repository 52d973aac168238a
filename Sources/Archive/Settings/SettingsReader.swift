import Foundation
import TOMLKit

/// Reads one table of the settings file, refusing what it does not know: a misspelt setting must
/// not silently keep its default.
struct SettingsReader {
    private let path: String
    private let section: String
    private let table: TOMLTable
    private var unread: Set<String>

    init(_ table: TOMLTable, section: String, path: String) {
        self.path = path
        self.section = section
        self.table = table
        unread = Set(table.keys)
    }

    /// Whether the table names a key.
    func has(_ key: String) -> Bool { table.keys.contains(key) }

    mutating func read(_ key: String, into value: inout Int, in range: ClosedRange<Int>) throws {
        guard let entry = take(key) else { return }
        guard let number = entry.int, range.contains(number) else {
            throw bad(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        value = number
    }

    mutating func read(_ key: String, into value: inout UInt64) throws {
        var number = 0
        try read(key, into: &number, in: 0...Int.max)
        if table.keys.contains(key) { value = UInt64(number) }
    }

    mutating func read(
        _ key: String, into value: inout Double, in range: ClosedRange<Double>
    ) throws {
        guard let entry = take(key) else { return }
        guard let number = entry.double ?? entry.int.map(Double.init), range.contains(number)
        else { throw bad(key, "must be a number from \(range.lowerBound) to \(range.upperBound)") }
        value = number
    }

    mutating func read(_ key: String, into value: inout Bool) throws {
        guard let entry = take(key) else { return }
        guard let flag = entry.bool else { throw bad(key, "must be true or false") }
        value = flag
    }

    /// Reads a text that `check` accepts; `check` throws for one that makes no sense.
    mutating func read(
        _ key: String, into value: inout String, check: (String) throws -> Void
    ) throws {
        guard let entry = take(key) else { return }
        guard let text = entry.string else { throw bad(key, "must be a text in quotes") }
        do { try check(text) } catch { throw bad(key, "is '\(text)': \(error)") }
        value = text
    }

    /// Refuses keys that nobody asked for.
    func finish() throws {
        if let key = unread.sorted().first { throw bad(key, "is unknown") }
    }

    private mutating func take(_ key: String) -> (any TOMLValueConvertible)? {
        unread.remove(key)
        let entry: (any TOMLValueConvertible)? = table[key]
        return table.keys.contains(key) ? entry : nil
    }

    private func bad(_ key: String, _ reason: String) -> ArchiveError {
        .badSetting(path: path, key: "\(section).\(key)", reason: reason)
    }
}
