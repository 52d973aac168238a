import Foundation
import TestSupport
import Testing

/// The units are what systemd itself calls correct and safe.
@Suite(.enabled(if: SystemdAnalyzer.path != nil, "there is no systemd-analyze here"))
struct SystemdTests {
    private static let services = ["cubevaultd.service", "cubevault-check.service"]
    private static let units = services + ["cubevault-check.timer"]

    @Test func `systemd finds no fault in the units`() throws {
        let result = try verify(replacing: [:])
        #expect(result.status == 0)
        #expect(result.output == "")
    }

    @Test func `systemd finds the fault in a unit that has one`() throws {
        let result = try verify(replacing: ["Type=notify": "Type=notified"])
        #expect(result.output.contains("notified"))
    }

    @Test(arguments: services)
    func `the exposure is at most 1`(service: String) throws {
        let path = packageRoot.appending(path: "systemd/" + service).path
        // The threshold is in tenths; a higher exposure is an exit status.
        let result = try SystemdAnalyzer.run(["security", "--offline=yes", "--threshold=10", path])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("Overall exposure level"))
    }

    @Test func `an unprotected unit is exposed`() throws {
        let folder = try TemporaryFolder()
        let unit = "[Service]\nExecStart=/bin/true\n"
        let path = try folder.write("bare.service", Array(unit.utf8))
        let result = try SystemdAnalyzer.run(["security", "--offline=yes", "--threshold=10", path])
        #expect(result.status != 0)
    }

    /// Checks copies of the units whose programs exist on every machine.
    private func verify(
        replacing changes: [String: String]
    ) throws -> (status: Int32, output: String) {
        let folder = try TemporaryFolder()
        let paths = try Self.units.map { unit in
            var text = try #require(SourceTree.file("systemd/" + unit)).text
            text.replace(#//usr/bin/(cubevaultd|cubevault|systemd-tmpfiles)\b/#, with: "/bin/true")
            for (from, to) in changes { text = text.replacingOccurrences(of: from, with: to) }
            return try folder.write(unit, Array(text.utf8))
        }
        return try SystemdAnalyzer.run(["verify", "--man=no", "--recursive-errors=no"] + paths)
    }
}
