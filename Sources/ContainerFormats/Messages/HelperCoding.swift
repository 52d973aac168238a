import Foundation

/// How messages become lines: compact JSON, then a line feed.
///
/// Dates are seconds since 1970; NaN and the infinities are the strings `nan`, `inf`, `-inf`.
public enum HelperCoding {
    /// The longest line, in bytes; more is nonsense.
    public static let longestLineByteCount = 16 << 20
    /// The most raw bytes behind one line. Who wants more asks several times.
    public static let mostRawByteCount = 64 << 20

    /// A message as a line, its line feed included.
    public static func line(_ message: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(message)) + [UInt8(ascii: "\n")]
    }

    /// A message from a line, its line feed left out.
    public static func message<Message: Decodable>(
        _ type: Message.Type, from line: some Sequence<UInt8>
    ) throws -> Message {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: Data(line))
    }
}
