import CubeCodec
import Foundation
import MetaLearning
import TOMLKit

/// Reading settings from a TOML file.
extension Settings {
    /// The settings of an archive: its own cubevault.toml, else /etc/cubevault/cubevault.toml,
    /// else the defaults.
    ///
    /// - Throws: ``ArchiveError/badSetting(path:key:reason:)``.
    public static func load(for layout: ArchiveLayout) throws -> Settings {
        for path in [layout.settings, "/etc/cubevault/cubevault.toml"]
        where FileManager.default.fileExists(atPath: path) {
            let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
            return try Settings(toml: text, path: path)
        }
        return Settings()
    }

    /// Settings from TOML text; keys that are absent keep their defaults, unknown ones are refused.
    ///
    /// - Throws: ``ArchiveError/badSetting(path:key:reason:)``.
    public init(toml text: String, path: String) throws {
        let root: TOMLTable
        do { root = try TOMLTable(string: text) } catch let error as TOMLParseError {
            throw ArchiveError.badSetting(path: path, key: "", reason: "\(error.debugDescription)")
        }
        var unread = Set(root.keys)
        func section(_ name: String, _ read: (inout SettingsReader) throws -> Void) throws {
            unread.remove(name)
            guard root.keys.contains(name) else { return }
            guard let table = root[name]?.table else {
                throw ArchiveError.badSetting(path: path, key: name, reason: "must be a table")
            }
            var reader = SettingsReader(table, section: name, path: path)
            try read(&reader)
            try reader.finish()
        }
        try section("ingest") { try ingest.read(&$0) }
        unread.remove("collections")
        try readCollections(in: root, path: path)
        try section("field") { try field.read(&$0) }
        try section("tiles") { try tiles.read(&$0) }
        try section("training") { try training.read(&$0) }
        try section("encoding") { try encoding.read(&$0) }
        try section("exact") { try exact.read(&$0) }
        try section("rotation") { try rotation.read(&$0) }
        try section("background") { try background.read(&$0) }
        try section("deletion") { try deletion.read(&$0) }
        try section("daemon") { try daemon.read(&$0) }
        if let name = unread.sorted().first {
            throw ArchiveError.badSetting(path: path, key: name, reason: "is unknown")
        }
    }
}

extension Settings {
    /// Reads the tables `[collections.NAME]`.
    private mutating func readCollections(in root: TOMLTable, path: String) throws {
        guard root.keys.contains("collections") else { return }
        func bad(_ key: String, _ reason: String) -> ArchiveError {
            .badSetting(path: path, key: key, reason: reason)
        }
        guard let tables = root["collections"]?.table else {
            throw bad("collections", "must hold one table per collection, [collections.NAME]")
        }
        for name in tables.keys {
            let key = "collections." + name
            guard let table = tables[name]?.table else { throw bad(key, "must be a table") }
            var reader = SettingsReader(table, section: key, path: path)
            var collection = CollectionSettings()
            try collection.read(&reader, defaults: ingest)
            try reader.finish()
            collections[name] = collection
            if try policy(of: name).lacksConsent {
                throw bad(key + ".fidelity", "is 'latent', which needs discard_exact = true")
            }
        }
    }
}

extension CollectionSettings {
    fileprivate mutating func read(
        _ reader: inout SettingsReader, defaults: IngestSettings
    ) throws {
        if reader.has("fidelity") {
            var text = ""
            try reader.read("fidelity", into: &text) { _ = try Fidelity(parsing: $0) }
            fidelity = text
        }
        if reader.has("discard_exact") {
            var flag = defaults.discardExact
            try reader.read("discard_exact", into: &flag)
            discardExact = flag
        }
        if reader.has("keep_original") {
            var flag = defaults.keepOriginal
            try reader.read("keep_original", into: &flag)
            keepOriginal = flag
        }
        if reader.has("effort") {
            var text = ""
            try reader.read("effort", into: &text) {
                _ = try ExactSettings(effort: $0).parsedEffort()
            }
            effort = text
        }
    }
}

extension IngestSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("worker_count", into: &workerCount, in: 1...64)
        try reader.read("fidelity", into: &fidelity) { _ = try Fidelity(parsing: $0) }
        try reader.read("discard_exact", into: &discardExact)
        try reader.read("keep_original", into: &keepOriginal)
        try reader.read("compression_level", into: &compressionLevel, in: 1...19)
    }
}

extension FieldSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("hidden_layer_count", into: &hiddenLayerCount, in: 1...64)
        try reader.read("hidden_width", into: &hiddenWidth, in: 1...4096)
        try reader.read("latent_count", into: &latentCount, in: 1...4096)
        try reader.read("omega", into: &omega, in: 0.1...1000)
        try reader.read("grid", into: &grid) { _ = try LatentGrid(parsing: $0) }
        try reader.read("merge_nanometers", into: &mergeNanometers, in: 0...1000)
    }
}

extension TilesSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("grid", into: &grid) {
            var settings = TilesSettings()
            settings.grid = $0
            _ = try settings.parsedGrid()
        }
        try reader.read("hidden_layer_count", into: &hiddenLayerCount, in: 1...64)
        try reader.read("hidden_width", into: &hiddenWidth, in: 1...4096)
        try reader.read("latent_count", into: &latentCount, in: 1...4096)
        try reader.read("omega", into: &omega, in: 0.1...1000)
        try reader.read("training_percent", into: &trainingPercent, in: 1...99)
    }
}

extension TrainingPolicy {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("automatic", into: &automatic)
        try reader.read("first_after_cube_count", into: &firstAfterCubeCount, in: 1...1_000_000)
        try reader.read("quiet_seconds", into: &quietSeconds, in: 0...1e7)
        try reader.read("again_after_cube_count", into: &againAfterCubeCount, in: 0...1_000_000_000)
        try reader.read("again_after_gibibytes", into: &againAfterGibibytes, in: 0...1e9)
        try reader.read("drift_decibels", into: &driftDecibels, in: 0...1000)
        try reader.read("drift_uncovered_percent", into: &driftUncoveredPercent, in: 0...100)
        try reader.read("drift_cube_count", into: &driftCubeCount, in: 1...1_000_000)
        try reader.read("held_out_percent", into: &heldOutPercent, in: 0...50)
        try reader.read("time_limit_seconds", into: &timeLimitSeconds, in: 1...1e8)
        try reader.read("iteration_limit", into: &iterationLimit, in: 0...1_000_000_000)
        try reader.read("cube_count_limit", into: &cubeCountLimit, in: 1...1_000_000)
        try reader.read("pixel_budget", into: &pixelBudget, in: 16...100_000_000)
        try reader.read("seed", into: &seed)
    }
}

extension EncodingSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("effort", into: &effort) {
            _ = try EncodingSettings(effort: $0).parsedEffort()
        }
        try reader.read("pixel_budget", into: &pixelBudget, in: 16...100_000_000)
        try reader.read(
            "quantization_loss_decibels", into: &quantizationLossDecibels, in: 0...20)
    }
}

extension ExactSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("effort", into: &effort) {
            _ = try ExactSettings(effort: $0).parsedEffort()
        }
    }
}

extension RotationSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("canary_cube_count", into: &canaryCubeCount, in: 1...100_000)
        try reader.read("gate_gain_decibels", into: &gateGainDecibels, in: -100...100)
        try reader.read("gate_worse_percent", into: &gateWorsePercent, in: 0...100)
        try reader.read("gate_time_factor", into: &gateTimeFactor, in: 0.1...1e6)
        try reader.read("least_gain_decibels", into: &leastGainDecibels, in: -100...100)
        try reader.read("decibels_per_doubling", into: &decibelsPerDoubling, in: 0...100)
        try reader.read("largest_loss_decibels", into: &largestLossDecibels, in: 0...100)
        try reader.read("grace_days", into: &graceDays, in: 0...36_500)
    }
}

extension BackgroundSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("hours", into: &hours) { _ = try HoursOfDay(parsing: $0) }
        try reader.read("pause_above_load_percent", into: &pauseAboveLoadPercent, in: 1...100)
        try reader.read("busy_percent", into: &busyPercent, in: 1...100)
    }
}

extension DeletionSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("automatic", into: &automatic)
        try reader.read("interval_hours", into: &intervalHours, in: 0.01...100_000)
        try reader.read("grace_days", into: &graceDays, in: 0...36_500)
        try reader.read("reserve_mebibytes", into: &reserveMebibytes, in: 0...1_048_576)
    }
}

extension DaemonSettings {
    fileprivate mutating func read(_ reader: inout SettingsReader) throws {
        try reader.read("settle_seconds", into: &settleSeconds, in: 0...86_400)
        try reader.read("rescan_seconds", into: &rescanSeconds, in: 0.1...86_400)
        try reader.read("network_poll_seconds", into: &networkPollSeconds, in: 0.1...86_400)
        try reader.read("partner_timeout_seconds", into: &partnerTimeoutSeconds, in: 0...1e8)
    }
}
