import Basics
import Foundation
internal import GRDB

/// Reading columns without trusting the file: GRDB's own subscripts trap on a value of another
/// type.
extension Row {
    private func value(_ column: String) -> DatabaseValue.Storage {
        let value: DatabaseValue = self[column]
        return value.storage
    }

    private func unreadable(_ column: String, _ wanted: String) -> UnreadableValue {
        UnreadableValue(column: column, reason: "it is not \(wanted)")
    }

    func optionalInteger(_ column: String) throws -> Int? {
        switch value(column) {
        case .null: return nil
        case .int64(let value): return Int(value)
        default: throw unreadable(column, "an integer")
        }
    }

    func integer(_ column: String) throws -> Int {
        guard let value = try optionalInteger(column) else {
            throw unreadable(column, "an integer")
        }
        return value
    }

    func boolean(_ column: String) throws -> Bool { try integer(column) != 0 }

    func optionalReal(_ column: String) throws -> Double? {
        switch value(column) {
        case .null: return nil
        case .double(let value): return value
        case .int64(let value): return Double(value)
        default: throw unreadable(column, "a number")
        }
    }

    func real(_ column: String) throws -> Double {
        guard let value = try optionalReal(column) else { throw unreadable(column, "a number") }
        return value
    }

    func optionalText(_ column: String) throws -> String? {
        switch value(column) {
        case .null: return nil
        case .string(let value): return value
        default: throw unreadable(column, "text")
        }
    }

    func text(_ column: String) throws -> String {
        guard let value = try optionalText(column) else { throw unreadable(column, "text") }
        return value
    }

    func bytes(_ column: String) throws -> [UInt8] {
        guard case .blob(let data) = value(column) else { throw unreadable(column, "bytes") }
        return [UInt8](data)
    }

    func optionalDigest(_ column: String) throws -> SHA256Digest? {
        if case .null = value(column) { return nil }
        let bytes = try bytes(column)
        guard bytes.count == SHA256Digest.byteCount else {
            throw unreadable(column, "a SHA-256 digest")
        }
        return SHA256Digest(bytes: bytes)
    }

    func digest(_ column: String) throws -> SHA256Digest {
        guard let digest = try optionalDigest(column) else {
            throw unreadable(column, "a SHA-256 digest")
        }
        return digest
    }

    func optionalTime(_ column: String) throws -> Date? {
        guard let text = try optionalText(column) else { return nil }
        guard let date = CatalogTime.date(of: text) else { throw unreadable(column, "a time") }
        return date
    }

    func time(_ column: String) throws -> Date {
        guard let date = try optionalTime(column) else { throw unreadable(column, "a time") }
        return date
    }

    func choice<Choice: RawRepresentable<String>>(
        _ column: String, of type: Choice.Type
    ) throws -> Choice {
        guard let choice = Choice(rawValue: try text(column)) else {
            throw unreadable(column, "one of the known words")
        }
        return choice
    }

    func json<Value: Decodable>(_ column: String, as type: Value.Type) throws -> Value {
        guard let value = try CatalogJSON.value(type, of: try text(column)) else {
            throw unreadable(column, "the expected JSON")
        }
        return value
    }
}
