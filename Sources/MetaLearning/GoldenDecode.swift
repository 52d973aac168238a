import Basics
import NeuralField

/// A latent, and the SHA-256 of what it decodes to: a base network carries a few, and every machine
/// that reads the network decodes them, so that a wrong bit is found before it is in a sample.
///
/// The samples are those of a 4 x 4 cell's pixels: coordinates -0.75, -0.25, 0.25 and 0.75, x
/// fastest; all outputs, [outputs][16 pixels], as little-endian floats.
public struct GoldenDecode: Hashable, Sendable {
    /// Golden decodes that a network is given.
    public static let standardCount = 4
    /// Most that a file may hold, so that a hostile one costs little.
    static let maximumCount = 16
    private static let places: [Float] = [-0.75, -0.25, 0.25, 0.75]
    /// Smallest size of latent values that is tried before 0.
    private static let smallestScale: Float = 1e-3

    /// phi, [latentCount].
    public let latent: [Float]
    /// SHA-256 of the samples.
    public let sha256: SHA256Digest

    /// [16 pixels][x, y].
    public static let coordinates: [Float] = places.flatMap { y in places.flatMap { [$0, y] } }

    /// The golden decodes of a network, always the same: phi = 0, then values that are uniform in
    /// +-1, or in a range as many times halved as it takes for every sine to stay in its range.
    ///
    /// - Throws: ``NeuralFieldError`` where the network cannot decode even phi = 0.
    public static func standard(
        of parameters: FieldParameters
    ) throws(NeuralFieldError) -> [GoldenDecode] {
        let decoder = try FieldDecoder(parameters)
        let latentCount = parameters.architecture.latentCount
        var decodes = [
            try GoldenDecode([Float](repeating: 0, count: latentCount), decoder)
        ]
        for seed in 1..<UInt64(standardCount) {
            var generator = SeededGenerator(seed: seed)
            let values = (0..<latentCount).map { _ in generator.uniform(in: -1, 1) }
            decodes.append(try largestDecodable(values, decoder) ?? decodes[0])
        }
        return decodes
    }

    /// Decodes and compares.
    ///
    /// - Throws: ``MetaLearningError/goldenMismatch(reason:)``, ``NeuralFieldError``.
    static func check(_ decodes: [GoldenDecode], of parameters: FieldParameters) throws {
        let decoder = try FieldDecoder(parameters)
        for (index, decode) in decodes.enumerated() {
            let found = try GoldenDecode(decode.latent, decoder).sha256
            guard found == decode.sha256 else {
                throw MetaLearningError.goldenMismatch(
                    reason: "golden latent \(index) decodes to samples with SHA-256 "
                        + "\(found.hexadecimal.prefix(12)), not "
                        + "\(decode.sha256.hexadecimal.prefix(12))")
            }
        }
    }

    init(latent: [Float], sha256: SHA256Digest) {
        self.latent = latent
        self.sha256 = sha256
    }

    private init(_ latent: [Float], _ decoder: FieldDecoder) throws(NeuralFieldError) {
        let values = try decoder.decode(latent: latent, coordinates: Self.coordinates)
        var writer = ByteWriter()
        writer.write(values)
        self.init(latent: latent, sha256: SHA256Hasher.digest(of: writer.bytes))
    }

    private static func largestDecodable(
        _ values: [Float], _ decoder: FieldDecoder
    ) throws(NeuralFieldError) -> GoldenDecode? {
        var scale: Float = 1
        while scale >= smallestScale {
            let latent = values.map { $0 * scale }
            do {
                return try GoldenDecode(latent, decoder)
            } catch .impossibleLatent {
                scale /= 2
            }
        }
        return nil
    }
}
