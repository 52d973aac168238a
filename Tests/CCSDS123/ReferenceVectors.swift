import CCSDS123
import Cube
import Foundation
import TestSupport
import Testing

/// The folder of reference streams, which is never part of the repository.
enum ReferenceVectors {
    private static let namedFolder = ProcessInfo.processInfo.environment["CCSDS_VECTORS"]

    /// CCSDS_VECTORS, or `../shared/ccsds-vectors` beside the checkout.
    static let folder: String =
        namedFolder
        ?? packageRoot.deletingLastPathComponent().appending(path: "shared/ccsds-vectors").path

    /// Whether there should be cases: somebody named a folder, or the usual one is there.
    static let areExpected =
        namedFolder != nil || FileManager.default.fileExists(atPath: folder)

    /// Names of the cases there; empty where the folder is absent.
    static let names: [String] = {
        guard let entries = FileManager.default.enumerator(atPath: folder) else { return [] }
        entries.skipDescendants()
        let names = entries.compactMap { $0 as? String }.filter { $0.hasPrefix("case-") }
        return names.filter { !$0.contains("/") }.sorted()
    }()

    /// SHA-256 of the stream of each case that manifest.json lists, hexadecimal.
    static func manifest() throws -> [String: String] {
        struct Manifest: Decodable {
            struct Case: Decodable {
                let name: String
                let hash: String

                enum CodingKeys: String, CodingKey {
                    case name = "case"
                    case hash = "sha256_expected"
                }
            }
            let cases: [Case]
        }
        let json = try Data(
            contentsOf: URL(filePath: folder).appending(path: "manifest.json"))
        let cases = try JSONDecoder().decode(Manifest.self, from: json).cases
        return Dictionary(uniqueKeysWithValues: cases.map { ($0.name, $0.hash) })
    }

    /// Why a test that needs the streams was skipped.
    static let absence: Comment = "no reference streams: set CCSDS_VECTORS to their folder"
}

/// One reference case: an image, parameters, and the stream that a conforming encoder writes.
struct ReferenceVector {
    let image: CCSDSImage
    let parameters: CCSDSParameters
    let stream: [UInt8]
    /// SHA-256 of the decoded samples in the layout of the input, hexadecimal.
    let decodedHash: String
    let bytesPerSample: Int

    /// Reads a case of the folder.
    init(name: String) throws {
        let folder = URL(filePath: ReferenceVectors.folder).appending(path: name)
        let json = try Data(contentsOf: folder.appending(path: "params.json"))
        let description = try JSONDecoder().decode(Description.self, from: json)
        let given = description.parameters
        let geometry = try CubeGeometry(lines: given.N_Y, samples: given.N_X, bands: given.N_Z)
        bytesPerSample = given.D <= 8 ? 1 : given.D <= 16 ? 2 : 4
        let raw = try Data(contentsOf: folder.appending(path: "input.raw"))
        let isSigned = given.sample_type == "signed"
        image = CCSDSImage(
            geometry: geometry, bitDepth: given.D, isSigned: isSigned,
            values: ReferenceVector.values([UInt8](raw), bytesPerSample, isSigned))
        parameters = try given.parameters()
        stream = [UInt8](try Data(contentsOf: folder.appending(path: "expected.c123")))
        decodedHash = description.decoded.sha256
    }

    private struct Description: Decodable {
        struct Decoded: Decodable { let sha256: String }
        let parameters: VectorParameters
        let decoded: Decoded
    }

    private static func values(_ raw: [UInt8], _ size: Int, _ isSigned: Bool) -> [Int32] {
        stride(from: 0, to: raw.count, by: size).map { start in
            let bits = (0..<size).reduce(UInt32(0)) { $0 | UInt32(raw[start + $1]) << (8 * $1) }
            guard isSigned else { return Int32(bitPattern: bits) }
            let shift = 32 - 8 * size
            return Int32(bitPattern: bits << shift) >> shift
        }
    }

    /// Samples in the layout of input.raw: little-endian, as few bytes as the case has.
    func rawBytes(_ values: [Int32]) -> [UInt8] {
        values.flatMap { value in
            (0..<bytesPerSample).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
    }
}
