extension ValueScaling {
    private enum CodingKeys: String, CodingKey { case offset, gain }

    /// Decodes and checks a scaling.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let scaling = ValueScaling(
            offset: try values.decode(Double.self, forKey: .offset),
            gain: try values.decode(Double.self, forKey: .gain))
        guard let scaling else {
            throw DecodingError.dataCorruptedError(
                forKey: .gain, in: values, debugDescription: "a gain is positive and finite")
        }
        self = scaling
    }
}
