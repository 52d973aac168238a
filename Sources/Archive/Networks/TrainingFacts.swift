import Catalog
import Foundation

/// What the decision to train is made from.
public struct TrainingFacts: Sendable, Equatable {
    /// Cubes in the archive.
    public var cubeCount: Int
    /// Whether a base network is current.
    public var hasBase: Bool
    /// Cubes that came after the latest complete training had chosen its own.
    public var newCubeCount: Int
    /// Bytes of their source files.
    public var newByteCount: Int
    /// Those of them that the current network has encoded.
    public var newEncodedCubeCount: Int
    /// Mean PSNR of those; nil where there are none.
    public var newPSNRDecibels: Double?
    /// PSNR that the current network reached on cubes it had not been trained on; nil where it was
    /// tried on none.
    public var referencePSNRDecibels: Double?
    /// Part of the latest new cubes' bands that the current network does not know, in percent; nil
    /// where it has encoded none of them.
    public var newUncoveredPercent: Double?

    /// States what is known.
    public init(
        cubeCount: Int, hasBase: Bool, newCubeCount: Int = 0, newByteCount: Int = 0,
        newEncodedCubeCount: Int = 0, newPSNRDecibels: Double? = nil,
        referencePSNRDecibels: Double? = nil, newUncoveredPercent: Double? = nil
    ) {
        self.cubeCount = cubeCount
        self.hasBase = hasBase
        self.newCubeCount = newCubeCount
        self.newByteCount = newByteCount
        self.newEncodedCubeCount = newEncodedCubeCount
        self.newPSNRDecibels = newPSNRDecibels
        self.referencePSNRDecibels = referencePSNRDecibels
        self.newUncoveredPercent = newUncoveredPercent
    }
}

extension Archive {
    /// What the decision to train is made from, as the archive is now.
    public func trainingFacts() throws -> TrainingFacts {
        let cubeCount = try catalog.statistics().cubeCount
        let current = try catalog.currentBase()
        let since = try latestTrainingMoment() ?? .distantPast
        let intake = try catalog.intake(since: since, base: current?.version)
        return TrainingFacts(
            cubeCount: cubeCount, hasBase: current != nil, newCubeCount: intake.cubeCount,
            newByteCount: intake.sourceByteCount, newEncodedCubeCount: intake.encodedCubeCount,
            newPSNRDecibels: intake.meanPSNRDecibels,
            referencePSNRDecibels: try current.flatMap { try heldOutReference($0.version) },
            newUncoveredPercent: try current.flatMap { try uncoveredPercent($0, since: since) })
    }

    /// The mean over training cubes says nothing about cubes to come: there is no reference then.
    private func heldOutReference(_ version: Int) throws -> Double? {
        guard let trial = try trialReport(of: version), trial.gate.isReferenceHeldOut else {
            return nil
        }
        return trial.gate.referencePSNRDecibels
    }

    /// When the latest training that came to its end had chosen its cubes; nil where none has.
    /// Events say so, because networks also come from elsewhere and are collected.
    private func latestTrainingMoment() throws -> Date? {
        try catalog.read { queries in
            let action = ArchiveAction.train.rawValue
            guard let end = try queries.latestEvent(ofAction: action, on: "base"), let id = end.id
            else { return nil }
            guard let start = try queries.startOfTraining(endingWith: id) else { return end.at }
            // A training is named by when it chose; only a foreign program would name it otherwise.
            return (try? Date(start.objectID, strategy: .iso8601)) ?? start.at
        }
    }

    private func uncoveredPercent(
        _ base: BaseNetworkRecord, since moment: Date
    ) throws -> Double? {
        let summary = try JSONCoding.decoder.decode(
            BaseSummary.self, from: Data(base.architecture.utf8))
        let tolerance = settings.field.mergeNanometers
        let known = summary.lowestWavelengthNanometers.flatMap { lowest in
            summary.highestWavelengthNanometers.map { lowest - tolerance...$0 + tolerance }
        }
        return try catalog.read {
            try $0.uncoveredBandShare(
                since: moment, base: base.version, wavelengthNanometers: known,
                outputCount: summary.outputCount)
        }.map { 100 * $0 }
    }
}
