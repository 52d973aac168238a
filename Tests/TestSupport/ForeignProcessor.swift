import Foundation
import Testing

/// C kernels compiled for 64-bit Arm and run by an emulator, with a driver of Tests/CrossCompiled.
///
/// It takes Swift's own clang, which must be on the PATH, and the Debian packages
/// gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user. (GCC cannot compile the kernels,
/// which are written in clang's vector types. It brings the linker and the start-up code.)
public final class ForeignProcessor {
    private static let tools = [
        "clang": find("clang"), "linker": find("aarch64-linux-gnu-gcc"),
        "emulator": find("qemu-aarch64"),
    ]

    /// Whether everything is there.
    public static let isHere =
        tools.values.allSatisfy { $0 != nil }
        && FileManager.default.fileExists(atPath: "/usr/aarch64-linux-gnu/include/stdio.h")

    /// Why a test that needs it was skipped.
    public static let absence: Comment =
        """
        no arm64 here: install gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user, \
        and have Swift's clang on the PATH
        """

    private let folder: TemporaryFolder
    private let program: String

    /// Compiles kernels and a driver with the manifest's own flags.
    ///
    /// - Parameters:
    ///   - module: the kernels' folder in Sources.
    ///   - driverName: the driver's file in Tests/CrossCompiled.
    public init(module: String, driverName: String) throws {
        folder = try TemporaryFolder()
        program = folder.file("driver")
        let kernels = packageRoot.appending(path: "Sources/" + module).path
        let sources = try FileManager.default.contentsOfDirectory(atPath: kernels)
            .filter { $0.hasSuffix(".c") }.map { kernels + "/" + $0 }
        let driver = packageRoot.appending(path: "Tests/CrossCompiled/" + driverName).path
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
    /// - Parameter input: its standard input.
    /// - Returns: its standard output.
    public func output(of input: [UInt8]) throws -> [UInt8] {
        try folder.write("input", input)
        try run("emulator", [program])
        return [UInt8](try Data(contentsOf: URL(filePath: folder.file("output"))))
    }

    /// The flags that Package.swift compiles our C with.
    private static func manifestFlags() throws -> [String] {
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
