/// The JSON header of a safetensors file.
struct TensorHeader: Codable {
    /// What the header says of one tensor.
    struct Entry: Codable {
        var dtype: String
        var shape: [Int]
        /// First byte and the byte behind the last, from the end of the header on.
        var dataOffsets: [Int]

        private enum CodingKeys: String, CodingKey {
            case dtype, shape
            case dataOffsets = "data_offsets"
        }
    }

    private struct Key: CodingKey {
        static let metadata = Key(stringValue: "__metadata__")

        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    var metadata: [String: String]
    var entries: [String: Entry]

    init(metadata: [String: String], entries: [String: Entry]) {
        self.metadata = metadata
        self.entries = entries
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        metadata = try values.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
        entries = [:]
        for key in values.allKeys where key.stringValue != Key.metadata.stringValue {
            entries[key.stringValue] = try values.decode(Entry.self, forKey: key)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(metadata, forKey: .metadata)
        for (name, entry) in entries {
            try values.encode(entry, forKey: Key(stringValue: name))
        }
    }
}
