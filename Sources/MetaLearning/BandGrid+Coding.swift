extension BandGrid {
    private enum CodingKeys: String, CodingKey { case wavelengthNanometers, mergeNanometers }

    /// Decodes and checks a grid.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let wavelengths = try values.decode([Double?].self, forKey: .wavelengthNanometers)
        let mergeNanometers = try values.decode(Double.self, forKey: .mergeNanometers)
        guard mergeNanometers >= 0, wavelengths.allSatisfy({ ($0 ?? 1).isUsable }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .wavelengthNanometers, in: values,
                debugDescription: "wavelengths are positive and finite")
        }
        self.init(wavelengthNanometers: wavelengths, mergeNanometers: mergeNanometers)
    }
}
