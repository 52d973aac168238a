// swift-tools-version: 6.1
// The map of the house: one target per module, arrows pointing down only (docs/ARCHITECTURE.md).

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-warnings-as-errors"]),
]

/// Our C is hot kernels and embedded files only: optimised in every configuration, and never
/// allowed to contract a*b+c by itself, because decoding must give the same bits everywhere.
let cSettings: [CSetting] = [
    .unsafeFlags(["-O3", "-ffp-contract=off", "-std=c23", "-Wall", "-Wextra", "-Werror"])
]

/// One of our Swift modules, with the settings that all of them share.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// The tests of one module; every test target may use the shared fixtures.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestSupport"],
        path: "Tests/" + name, swiftSettings: swiftSettings)
}

/// A Debian library found through pkg-config.
func system(_ name: String, _ pkgConfig: String, _ debianPackage: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/System/" + name, pkgConfig: pkgConfig,
        providers: [.apt([debianPackage])])
}

let package = Package(
    name: "cubevault",
    products: [
        .executable(name: "cubevault", targets: ["cubevault"]),
        .executable(name: "cubevaultd", targets: ["cubevaultd"]),
        .executable(name: "cubevault-gdal", targets: ["cubevault-gdal"]),
    ],
    traits: [
        .trait(name: "GDAL", description: "Build cubevault-gdal against libgdal (libgdal-dev)")
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        system("CZstd", "libzstd", "libzstd-dev"),
        system("CCrypto", "libcrypto", "libssl-dev"),
        system("CZlib", "zlib", "zlib1g-dev"),
        system("CMatio", "matio", "libmatio-dev"),
        system("CPNG", "libpng", "libpng-dev"),
        system("CGDAL", "gdal", "libgdal-dev"),

        .systemLibrary(name: "CStatfs", path: "Sources/System/CStatfs"),

        .target(name: "CNeuralField", cSettings: cSettings),
        .target(name: "CCatalog", cSettings: cSettings),
        .target(name: "CDefaults", cSettings: cSettings),
        .target(name: "CPredictor", cSettings: cSettings),
        .target(name: "CAdaptivePredictor", cSettings: cSettings),
        .target(name: "CMatReader", dependencies: ["CMatio"], cSettings: cSettings),

        module("Basics", ["CCrypto"]),
        module("Cube", ["Basics"]),
        module("NeuralField", ["Cube", "Basics", "CNeuralField"]),
        module("MetaLearning", ["NeuralField", "Cube", "Basics"]),
        module("ContainerFormats", ["Cube", "Basics"]),
        module("CubeFiles", ["ContainerFormats", "Cube", "Basics", "CZlib", "CMatReader"]),
        module("CCSDS123", ["Cube", "Basics", "CPredictor"]),
        module(
            "CubeCodec",
            [
                "CAdaptivePredictor", "CCSDS123", "MetaLearning", "NeuralField", "Cube", "Basics",
            ]),
        module("BlobStore", ["Basics", "CZstd"]),
        module(
            "Catalog",
            ["Cube", "Basics", "CCatalog", .product(name: "GRDB", package: "GRDB.swift")]),
        module("Pictures", ["Cube", "Basics", "CPNG"]),
        module("SyntheticScenes", ["Cube", "Basics"]),
        module(
            "Archive",
            [
                "CDefaults", "CubeCodec", "Catalog", "BlobStore", "CubeFiles", "NeuralField",
                "MetaLearning",
                "Pictures", "Cube", "Basics",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ]),
        module(
            "Daemon",
            [
                "CStatfs", "Archive", "Catalog", "CubeFiles", "Cube", "Basics",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        module(
            "CommandLineInterface",
            [
                "Daemon", "Archive", "Catalog", "BlobStore", "CubeCodec", "SyntheticScenes",
                "Pictures", "CubeFiles", "Cube", "Basics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "cubevault", dependencies: ["CommandLineInterface"],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "cubevaultd", dependencies: ["CommandLineInterface"],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "cubevault-gdal",
            dependencies: [
                "ContainerFormats", "Basics", "Cube",
                .target(name: "CGDAL", condition: .when(traits: ["GDAL"])),
            ],
            swiftSettings: swiftSettings),

        .target(
            name: "BenchmarkSupport", path: "Benchmarks/BenchmarkSupport",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "field-benchmark",
            dependencies: [
                "BenchmarkSupport", "CubeCodec", "Pictures", "MetaLearning", "NeuralField",
                "CubeFiles", "Cube", "Basics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Benchmarks/FieldBenchmark", swiftSettings: swiftSettings),
        .executableTarget(
            name: "coder-benchmark",
            dependencies: [
                "BenchmarkSupport", "CubeCodec", "CCSDS123", "CubeFiles", "Cube", "Basics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Benchmarks/CoderBenchmark", swiftSettings: swiftSettings),

        .target(
            name: "TestSupport", dependencies: ["Cube", "Basics"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        tests("Basics", ["Basics"]),
        tests("Cube", ["Cube"]),
        tests("NeuralField", ["NeuralField", "Cube", "Basics"]),
        tests("MetaLearning", ["MetaLearning", "NeuralField", "Cube"]),
        tests("ContainerFormats", ["ContainerFormats", "Cube", "Basics"]),
        tests("CubeFiles", ["CubeFiles", "Cube", "Basics", "CMatio"]),
        tests(
            "CubeCodec",
            ["CubeCodec", "BlobStore", "MetaLearning", "NeuralField", "Cube", "Basics"]),
        tests("CCSDS123", ["CCSDS123", "Cube", "Basics"]),
        tests("BlobStore", ["BlobStore", "Basics"]),
        tests("Catalog", ["Catalog", "Cube", "Basics"]),
        tests("Pictures", ["Pictures", "SyntheticScenes", "Cube", "Basics", "CPNG"]),
        tests("SyntheticScenes", ["SyntheticScenes", "Cube", "Basics"]),
        tests(
            "Archive",
            [
                "Archive", "Catalog", "BlobStore", "CubeCodec", "SyntheticScenes", "CubeFiles",
                "Cube", "Basics",
            ]),
        tests(
            "Daemon",
            [
                "Daemon", "Archive", "Catalog", "SyntheticScenes", "CubeFiles", "Cube", "Basics",
                .product(name: "Logging", package: "swift-log"),
            ]),
        tests("EndToEnd", ["Basics"]),
        tests("House", []),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: nil
)
