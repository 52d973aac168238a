/// Which module may import which: the table of docs/ARCHITECTURE.md, arrows pointing down only.
enum ModuleMap {
    private static let ground: Set<String> = ["Basics", "Cube"]
    private static let networks: Set<String> = ["NeuralField", "MetaLearning"]
    private static let parts: Set<String> = [
        "CubeCodec", "CCSDS123", "Catalog", "BlobStore", "CubeFiles", "ContainerFormats",
        "Pictures", "SyntheticScenes",
    ]

    /// Our own modules below each of our own modules.
    static let below: [String: Set<String>] = [
        "Basics": [],
        "Cube": ["Basics"],
        "NeuralField": ground,
        "MetaLearning": ground.union(["NeuralField"]),
        "CubeCodec": ground.union(networks).union(["CCSDS123"]),
        "CCSDS123": ground,
        "Catalog": ground,
        "BlobStore": ground,
        "ContainerFormats": ground,
        "CubeFiles": ground.union(["ContainerFormats"]),
        "Pictures": ground,
        "SyntheticScenes": ground,
        "Archive": ground.union(networks).union(parts),
        "Daemon": ground.union(networks).union(parts).union(["Archive"]),
        "CommandLineInterface": ground.union(networks).union(parts).union(["Archive", "Daemon"]),
        "cubevault": ["Basics", "CommandLineInterface"],
        "cubevaultd": ["Basics", "CommandLineInterface"],
        "cubevault-gdal": ground.union(["ContainerFormats"]),
    ]

    /// The only modules that may import each library. A C target of ours named C + a module's
    /// name belongs to that module without an entry here.
    static let ownersOfLibrary: [String: Set<String>] = [
        "GRDB": ["Catalog"],
        "ArgumentParser": ["CommandLineInterface"],
        "CGDAL": ["cubevault-gdal"],
        "CZstd": ["BlobStore"],
        "CMatio": ["CubeFiles"],
        "CMatReader": ["CubeFiles"],
        "CPredictor": ["CCSDS123"],
        "CAdaptivePredictor": ["CubeCodec"],
        "CDefaults": ["Archive"],
        "CStatfs": ["Daemon"],
        "CZlib": ["CubeFiles"],
        "CPNG": ["Pictures"],
        "CCrypto": ["Basics"],
        "TOMLKit": ["Archive"],
        "Logging": ["Archive", "Daemon", "CommandLineInterface"],
        "ServiceLifecycle": ["Daemon", "CommandLineInterface"],
        "UnixSignals": ["Daemon", "CommandLineInterface"],
    ]

    /// What comes with the toolchain.
    static let platform: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch", "Swift",
    ]

    /// Why a module may not import a name; nil where it may.
    static func objection(to imported: String, in module: String) -> String? {
        if platform.contains(imported) { return nil }
        guard let allowed = below[module] else { return "\(module) is not in the module map" }
        if below[imported] != nil {
            return allowed.contains(imported)
                ? nil : "\(module) may not import \(imported), which is not below it"
        }
        if imported == "C" + module { return nil }
        guard let owners = ownersOfLibrary[imported] else {
            return "\(imported) is not in the module map"
        }
        return owners.contains(module)
            ? nil : "only \(owners.sorted().joined(separator: ", ")) may import \(imported)"
    }
}
