import Foundation
import Testing

/// What a run of the program came to.
struct ProgramResult {
    /// The exit status, or 128 and the signal that ended it.
    let status: Int32
    /// Everything on standard output.
    let output: String
    /// Everything on standard error.
    let errors: String

    /// Standard output as one JSON value and nothing else.
    func json() throws -> Any {
        try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
    }

    /// Standard output as one JSON object.
    func object() throws -> [String: Any] { try #require(try json() as? [String: Any]) }

    /// Standard output as an array of JSON objects.
    func objects() throws -> [[String: Any]] { try #require(try json() as? [[String: Any]]) }

    /// The error object that `--json` leaves as the last line of standard error.
    func errorObject() throws -> [String: Any] {
        let line = try #require(errors.split(separator: "\n").last)
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        return try #require(value as? [String: Any])
    }
}
