import Basics
import Catalog
import Foundation
import MetaLearning

/// A base network as the command line shows it; its keys are part of the JSON interface.
public struct BaseReport: Sendable, Codable {
    /// The version, counted from 1 over the whole archive.
    public var version: Int
    /// What its outputs stand for: networks of one family are versions of each other.
    public var family: String
    /// Its number in its family, counted from 1.
    public var number: Int
    /// `candidate`, `current`, `previous` or `retired`.
    public var state: String
    /// SHA-256 of its bytes.
    public var digest: SHA256Digest
    /// When it was trained or imported (UTC).
    public var trainedAt: Date
    /// K hidden layers.
    public var hiddenLayerCount: Int
    /// d, the width of a hidden layer.
    public var hiddenWidth: Int
    /// w0, the factor inside every sine; nil where an earlier program stored the network.
    public var omega: Float?
    /// Values in one latent.
    public var latentCount: Int
    /// Outputs of the network.
    public var outputCount: Int
    /// The shortest wavelength of an output; nil where none is known.
    public var lowestWavelengthNanometers: Double?
    /// The longest wavelength of an output; nil where none is known.
    public var highestWavelengthNanometers: Double?
    /// Parameters of Theta+ = {Theta, W_M, b_M}, those of companions not counted.
    public var parameterCount: Int
    /// Networks for other grids that belong to it.
    public var companions: [Companion]
    /// One latent per what.
    public var grid: String
    /// How latents are rounded and coded; nil where an earlier program stored the network.
    public var latentCoding: String?
    /// SHA-256 of what its golden latents decode to; nil where it carries none.
    public var goldenSHA256: [String]?
    /// Bytes of the network, uncompressed.
    public var byteCount: Int
    /// Bytes on disk.
    public var storedByteCount: Int
    /// Cubes whose current latent needs it.
    public var cubeCount: Int
    /// Mean PSNR of those latents; nil where there are none.
    public var meanPSNRDecibels: Double?
    /// Cubes by which it was judged as its training ended; nil where none were, or it is not known.
    public var heldOutCubeCount: Int?
    /// Mean PSNR of those cubes.
    public var heldOutPSNRDecibels: Double?
    /// Mean bits per sample of those cubes.
    public var heldOutBitsPerSample: Double?
    /// How it fared when it was last tried against the current network; nil where it was not, or
    /// the report is one of many.
    public var trial: TrialReport?
    /// Cubes it was trained on.
    public var trainingCubeCount: Int
    /// Outer iterations of its training.
    public var iterationCount: Int
    /// Wall time of its training.
    public var trainingSeconds: Double
    /// Seed of its training; nil where it is not known.
    public var trainingSeed: UInt64?
    /// The file that it came from; nil where it was trained here.
    public var importedFrom: String?

    /// A network for scenes that the one to which it belongs has not seen.
    public struct Companion: Sendable, Codable {
        /// One latent per what.
        public var grid: String
        /// K hidden layers.
        public var hiddenLayerCount: Int
        /// d, the width of a hidden layer.
        public var hiddenWidth: Int
        /// Values in one latent.
        public var latentCount: Int
        /// Parameters of its Theta+.
        public var parameterCount: Int
    }

    /// - Parameter decibels: PSNR of the latents that it is current for; nil for exact ones.
    init(_ record: BaseNetworkRecord, decibels: [Double?]) throws {
        let decoder = JSONCoding.decoder
        let summary = try decoder.decode(BaseSummary.self, from: Data(record.architecture.utf8))
        let manifest = try decoder.decode(TrainingManifest.self, from: Data(record.manifest.utf8))
        version = record.version
        family = record.family
        number = record.number
        state = record.state.rawValue
        digest = record.blob
        trainedAt = record.trainedAt
        hiddenLayerCount = summary.hiddenLayerCount
        hiddenWidth = summary.hiddenWidth
        omega = summary.omega
        latentCount = summary.latentCount
        outputCount = summary.outputCount
        lowestWavelengthNanometers = summary.lowestWavelengthNanometers
        highestWavelengthNanometers = summary.highestWavelengthNanometers
        parameterCount = summary.parameterCount
        companions = (summary.companions ?? []).map {
            Companion(
                grid: $0.grid, hiddenLayerCount: $0.hiddenLayerCount, hiddenWidth: $0.hiddenWidth,
                latentCount: $0.latentCount, parameterCount: $0.parameterCount)
        }
        grid = summary.grid
        latentCoding = summary.latentCoding
        goldenSHA256 = summary.goldenSHA256
        byteCount = record.byteCount
        storedByteCount = record.storedByteCount
        cubeCount = decibels.count
        let known = decibels.compactMap(\.self)
        meanPSNRDecibels = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        heldOutCubeCount = manifest.heldOut.flatMap { $0.isEmpty ? nil : $0.count }
        heldOutPSNRDecibels = manifest.heldOutPSNRDecibels
        heldOutBitsPerSample = manifest.heldOutBitsPerSample
        trainingCubeCount = manifest.cubeNames.count
        iterationCount = manifest.iterationCount
        trainingSeconds = manifest.seconds
        trainingSeed = manifest.plan?.settings.seed
        importedFrom = manifest.importedFrom
    }
}
