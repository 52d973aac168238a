import Foundation

/// JSON inside columns: keys sorted, so that equal values have equal texts; numbers that JSON lacks
/// are the strings `nan`, `inf` and `-inf`.
enum CatalogJSON {
    /// The text of a value.
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The value of a text; nil where it is not JSON of that shape.
    static func value<Value: Decodable>(_ type: Value.Type, of text: String) throws -> Value? {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(type, from: Data(text.utf8))
        } catch is DecodingError {
            return nil
        }
    }
}
