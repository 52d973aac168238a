import Basics
import Catalog
import Cube

/// Two base networks side by side, cube by cube; its keys are part of the JSON interface.
public struct BaseComparison: Sendable, Codable {
    /// One of the two.
    public struct Side: Sendable, Codable {
        /// Its version.
        public var version: Int
        /// SHA-256 of its bytes.
        public var digest: SHA256Digest
        /// Its family.
        public var family: String
        /// Its number in the family.
        public var number: Int
        /// `candidate`, `current`, `previous` or `retired`.
        public var state: String
        /// Bytes on disk.
        public var storedByteCount: Int
        /// Mean PSNR over the cubes that were encoded against both and exactly against neither;
        /// nil where there are none.
        public var meanPSNRDecibels: Double?
        /// Bits of all latents of the cubes that were encoded against both.
        public var latentBitCount: Int
    }

    /// A cube's encoding against one of the two.
    public struct Figures: Sendable, Codable, Equatable {
        /// PSNR over every sample; nil where the reconstruction is exact.
        public var psnrDecibels: Double?
        /// Bits of the latent, header and checksum included; 0 where it was not kept.
        public var latentBitCount: Int
        /// Bits of the latent per sample.
        public var bitsPerSample: Double
        /// Wall time that encoding took.
        public var encodeSeconds: Double
        /// Whether the cube is decoded from it.
        public var isCurrent: Bool
    }

    /// One cube.
    public struct Entry: Sendable, Codable {
        /// The cube's ID.
        public var id: SHA256Digest
        /// The cube's name.
        public var name: String
        /// Against the first; nil where it was not encoded.
        public var first: Figures?
        /// Against the second; nil where it was not encoded.
        public var second: Figures?
    }

    /// The network that was named first.
    public var first: Side
    /// The network that was named second.
    public var second: Side
    /// Every cube that was encoded against either, by name.
    public var cubes: [Entry]

    /// Cubes that were encoded against both.
    public var commonCubes: [Entry] { cubes.filter { $0.first != nil && $0.second != nil } }
}

extension Archive {
    /// Compares what two base networks make of every cube that was encoded against them, accepted
    /// or turned down. Nothing is encoded or decoded for it.
    ///
    /// - Throws: ``CatalogError/notFound(kind:name:)``.
    public func compareBases(_ first: Int, _ second: Int) throws -> BaseComparison {
        let (summaries, encodings, records) = try catalog.read { queries in
            (
                try queries.search(CubeQuery()),
                [try queries.encodings(base: first), try queries.encodings(base: second)],
                [try queries.base(first), try queries.base(second)]
            )
        }
        let known = encodings.map { list in
            Dictionary(
                list.filter { $0.quality.validSampleCount > 0 }.map { ($0.cubeID, $0) },
                uniquingKeysWith: { first, _ in first })
        }
        let cubes = summaries.compactMap { cube -> BaseComparison.Entry? in
            let sides = known.map { $0[cube.id].map { BaseComparison.Figures($0, of: cube) } }
            guard sides[0] != nil || sides[1] != nil else { return nil }
            return BaseComparison.Entry(
                id: cube.id, name: cube.name, first: sides[0], second: sides[1])
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        let common = cubes.compactMap { cube in
            cube.first.flatMap { first in cube.second.map { (first, $0) } }
        }
        let measured = common.filter { $0.psnrDecibels != nil && $1.psnrDecibels != nil }
        return BaseComparison(
            first: .init(records[0], measured.map(\.0), common.map(\.0)),
            second: .init(records[1], measured.map(\.1), common.map(\.1)), cubes: cubes)
    }
}

extension BaseComparison.Figures {
    fileprivate init(_ encoding: EncodingSummary, of cube: CubeSummary) {
        psnrDecibels = encoding.quality.psnrDecibels
        latentBitCount = encoding.latentByteCount * 8
        bitsPerSample = Double(latentBitCount) / Double(cube.geometry.sampleCount)
        encodeSeconds = encoding.encodeSeconds
        isCurrent = encoding.isCurrent
    }
}

extension BaseComparison.Side {
    fileprivate init(
        _ record: BaseNetworkRecord, _ measured: [BaseComparison.Figures],
        _ common: [BaseComparison.Figures]
    ) {
        version = record.version
        digest = record.digest
        family = record.family
        number = record.number
        state = record.state.rawValue
        storedByteCount = record.storedByteCount
        let decibels = measured.compactMap(\.psnrDecibels)
        meanPSNRDecibels =
            decibels.isEmpty ? nil : decibels.reduce(0, +) / Double(decibels.count)
        latentBitCount = common.reduce(0) { $0 + $1.latentBitCount }
    }
}
