import Basics
import Foundation
import MetaLearning

/// Names of families of base networks: networks whose outputs stand for the same thing.
///
/// Invariant: lowercase letters, digits, `.`, `_` and `-`, at most 64 of them, the first a letter
/// or digit, so that `FAMILY/NUMBER` is one word in any shell.
struct BaseFamily {
    private static let maximumLength = 64
    private static let sensorLength = 24

    /// The name.
    let name: String

    /// A name that somebody gave.
    ///
    /// - Throws: ``ArchiveError/badArgument(reason:)``.
    init(named name: String) throws {
        guard Self.isName(name) else {
            throw ArchiveError.badArgument(
                reason: "'\(name)' cannot be a family: use a-z, 0-9, '.', '_' and '-', "
                    + "at most \(Self.maximumLength) of them, a letter or digit first")
        }
        self.name = name
    }

    /// The name that follows from what a network was made for: the sensor of the cubes that it was
    /// trained on, the number of its outputs, and four digits of their wavelengths' SHA-256.
    init(sensors: [String?], grid: BandGrid) {
        var writer = ByteWriter()
        for wavelength in grid.wavelengthNanometers { writer.write(wavelength ?? 0) }
        let digest = SHA256Hasher.digest(of: writer.bytes).hexadecimal
        name = "\(Self.slug(of: sensors))-\(grid.outputCount)-\(digest.prefix(4))"
    }

    static func isName(_ text: String) -> Bool {
        let isAllowed = text.utf8.allSatisfy { byte in
            isLetterOrDigit(byte) || "._-".utf8.contains(byte)
        }
        guard let first = text.utf8.first else { return false }
        return isAllowed && isLetterOrDigit(first) && text.utf8.count <= maximumLength
    }

    /// One word for the sensors of some cubes.
    private static func slug(of sensors: [String?]) -> String {
        let distinct = Set(sensors)
        guard distinct.count <= 1 else { return "mixed" }
        let words = (distinct.first ?? nil)?.lowercased().utf8
            .split { !isLetterOrDigit($0) }
            .map { String(decoding: $0, as: UTF8.self) }
        let slug = String((words ?? []).joined(separator: "-").prefix(sensorLength))
        return slug.isEmpty ? "unknown" : slug
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
