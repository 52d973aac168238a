import Cube
import CubeFiles
import Foundation
import Testing
import TestSupport

/// Shell scripts stand in for a helper that misbehaves, so these run without GDAL.
extension `GDAL helper` {
    @Suite struct `A helper that misbehaves` {
        private let folder: TemporaryFolder
        private let greeting = #"echo '{"gdalVersion":"9.9","protocolVersion":1}'"#
        private let description = """
            echo '{"opened":{"description":{"bands":[{"isGood":true}],"geometry":{"bands":1,\
            "lines":4,"samples":4},"sampleType":"uint8"},"warnings":[]}}'
            """

        init() throws {
            folder = try TemporaryFolder()
            try folder.write("scene.tif", [1, 2, 3])
        }

        private func helper(_ lines: String...) throws -> GDALHelper {
            let path = folder.file("helper-" + UUID().uuidString)
            let script = "#!/bin/sh\n" + lines.joined(separator: "\n") + "\n"
            try folder.write(URL(filePath: path).lastPathComponent, Array(script.utf8))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            var helper = GDALHelper(path: path)
            helper.timeoutSeconds = 0.5
            return helper
        }

        private func complaint(_ helper: GDALHelper) throws -> String {
            let error = try #require(throws: ContainerError.self) {
                let cube = try GDALCube(
                    path: folder.file("scene.tif"), variable: nil, helper: helper)
                _ = try cube.read(lines: 0..<4)
            }
            guard case .helperFailed(_, _, let reason) = error else {
                return error.description
            }
            return reason
        }

        @Test func `that crashes is named with its signal`() throws {
            let reason = try complaint(helper(greeting, "read line", "kill -SEGV $$"))
            #expect(reason.contains("Segmentation fault"))
        }

        @Test func `that cannot start says why`() throws {
            let reason = try complaint(helper("echo 'libgdal.so: not found' >&2", "exit 127"))
            #expect(reason.contains("status 127: libgdal.so: not found"))
        }

        @Test func `that hangs is ended`() throws {
            let reason = try complaint(helper(greeting, "read line", "sleep 30"))
            #expect(reason.contains("said nothing for 0.5 s"))
        }

        @Test func `that talks nonsense is not believed`() throws {
            #expect(try complaint(helper("echo hello")).contains("nonsense ('hello')"))
            #expect(
                try complaint(helper(greeting, "read line", "echo '{\"done\":{}}'")).contains(
                    "nonsense"))
            let other = #"echo '{"gdalVersion":"9","protocolVersion":2}'"#
            #expect(try complaint(helper(other)).contains("protocol 2"))
        }

        @Test func `that describes an impossible cube is not believed`() throws {
            let bands = description.replacingOccurrences(of: #""bands":1,"#, with: #""bands":7,"#)
            #expect(try complaint(helper(greeting, "read line", bands)).contains("something else"))
            let lines = description.replacingOccurrences(of: #""lines":4"#, with: #""lines":-4"#)
            #expect(try complaint(helper(greeting, "read line", lines)).contains("nonsense"))
        }

        @Test func `that sends too few samples is not waited for`() throws {
            let samples = #"echo '{"samples":{"byteCount":16}}'"#
            let short = try complaint(
                helper(greeting, description, "read line", "read line", samples, "echo few"))
            #expect(short.contains("ended with status 0"))
            let wrong = try complaint(
                helper(
                    greeting, "read line", description, #"echo '{"samples":{"byteCount":15}}'"#,
                    "sleep 30"))
            #expect(wrong.contains("something else"))
        }

        @Test func `that failed once is not asked again`() throws {
            let cube = try GDALCube(
                path: folder.file("scene.tif"), variable: nil,
                helper: helper(greeting, description, "read line", "read line", "exit 3"))
            var reasons: Set<String> = []
            for _ in 0..<2 {
                let error = #expect(throws: ContainerError.self) { try cube.read(lines: 0..<1) }
                reasons.insert(error?.description ?? "")
            }
            #expect(reasons.count == 1 && reasons.first?.contains("status 3") == true)
        }

        @Test func `without GDAL says so`() throws {
            let text = try complaint(helper(#"echo '{"protocolVersion":1}'"#))
            #expect(text.contains("was built without GDAL"))
        }

        @Test func `large writes into a helper that ended raise no signal`() throws {
            let description = CubeDescription(
                geometry: try CubeGeometry(lines: 1_000, samples: 1_000, bands: 4),
                sampleType: .uint8)
            let done = #"echo '{"done":{"warnings":[]}}'"#
            let writer = try GeoTIFFWriter(
                path: folder.file("out.tif"), description: description,
                helper: helper(greeting, "read line", done, "read line", "exit 1"))
            let cube = MemoryCube(
                description: description, bytes: [UInt8](repeating: 7, count: 4_000_000))
            #expect(throws: ContainerError.self) { try writer.write(cube.block) }
        }

        @Test func `no helper at all says what is missing`() throws {
            let environment = ["CUBEVAULT_GDAL_HELPER": folder.file("nowhere")]
            #expect(GDALHelper.locate(environment: environment) == nil)
            let error = #expect(throws: ContainerError.self) {
                try GDALHelper.required(for: "/data/a.tif", environment: environment)
            }
            let text = error?.description ?? ""
            #expect(text.contains("/data/a.tif") && text.contains("GeoTIFF, HDF5, netCDF"))
            #expect(text.contains(folder.file("nowhere")) && text.contains("--traits GDAL"))
        }

        @Test func `a named helper is found`() throws {
            let helper = try helper("exit 0")
            #expect(
                GDALHelper.locate(environment: ["CUBEVAULT_GDAL_HELPER": helper.path])?.path
                    == helper.path)
        }
    }
}
