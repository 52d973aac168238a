import Foundation
import NeuralField
import TestSupport
import Testing

/// The kernels compiled for 64-bit Arm and run by an emulator.
///
/// It takes Swift's own clang, which must be on the PATH, and the Debian packages
/// gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user. (GCC cannot compile the kernels,
/// which are written in clang's vector types. It brings the linker and the start-up code.)
final class ForeignProcessor {
    private static let tools = [
        "clang": find("clang"), "linker": find("aarch64-linux-gnu-gcc"),
        "emulator": find("qemu-aarch64"),
    ]

    /// Whether everything is there.
    static let isHere =
        tools.values.allSatisfy { $0 != nil }
        && FileManager.default.fileExists(atPath: "/usr/aarch64-linux-gnu/include/stdio.h")

    /// Why a test that needs it was skipped.
    static let absence: Comment =
        """
        no arm64 here: install gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user, \
        and have Swift's clang on the PATH
        """

    private let folder: TemporaryFolder
    private let program: String

    /// Compiles the kernels and the driver with the manifest's own flags.
    init() throws {
        folder = try TemporaryFolder()
        program = folder.file("field-driver")
        let kernels = packageRoot.appending(path: "Sources/CNeuralField").path
        let sources = try FileManager.default.contentsOfDirectory(atPath: kernels)
            .filter { $0.hasSuffix(".c") }.map { kernels + "/" + $0 }
        let driver = packageRoot.appending(path: "Tests/CrossCompiled/FieldDriver.c").path
        var objects: [String] = []
        for (index, source) in (sources + [driver]).enumerated() {
            objects.append(folder.file("\(index).o"))
            try run(
                "clang",
                ["--target=aarch64-linux-gnu", "--sysroot=/usr/aarch64-linux-gnu"]
                    + Self.manifestFlags() + ["-I" + kernels + "/include", "-c", source]
                    + ["-o", objects[index]])
        }
        try run("linker", ["-static", "-o", program] + objects + ["-lm"])
    }

    /// Runs the driver.
    ///
    /// - Returns: [outputs][pixels] samples and then the sines, as bits.
    func decode(_ fixture: FieldFixture, sineArguments: [Float] = []) throws -> [UInt32] {
        let architecture = fixture.parameters.architecture
        let counts = [
            architecture.hiddenLayerCount, architecture.hiddenWidth, architecture.latentCount,
            architecture.outputCount, fixture.targets.count, sineArguments.count,
        ]
        let floats =
            [architecture.omega] + fixture.parameters.values + fixture.latent
            + fixture.coordinates + sineArguments
        let words = counts.map { UInt32($0) } + floats.map(\.bitPattern)
        try folder.write("input", words.withUnsafeBytes { Array($0) })
        try run("emulator", [program])
        let output = try Data(contentsOf: URL(filePath: folder.file("output")))
        return output.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
    }

    /// The flags that Package.swift compiles our C with.
    static func manifestFlags() throws -> [String] {
        let manifest = try String(
            contentsOf: packageRoot.appending(path: "Package.swift"), encoding: .utf8)
        let settings = try #require(
            manifest.firstMatch(of: /let cSettings[^=]*=[^"]*\.unsafeFlags\(\[([^\]]*)\]/))
        let flags = settings.1.split(separator: ",").map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \n"))
        }
        try #require(flags.contains("-ffp-contract=off"), "the flags were not understood")
        return flags
    }

    /// Runs a tool from the file `input` to the file `output`; it must succeed.
    private func run(_ tool: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.tools[tool] ?? nil))
        process.arguments = arguments
        if !FileManager.default.fileExists(atPath: folder.file("input")) {
            try folder.write("input", [])
        }
        try folder.write("output", [])
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.file("input")))
        process.standardOutput = try FileHandle(
            forWritingTo: URL(filePath: folder.file("output")))
        try process.run()
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0, "\(tool) \(arguments.joined(separator: " "))")
    }

    private static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
