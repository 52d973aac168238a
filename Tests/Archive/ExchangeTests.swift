import Archive
import Basics
import Catalog
import Foundation
import Testing

/// Base networks as safetensors files: what is in them, and what is refused.
@Suite struct ExchangeTests {
    let fixture: ExchangeFixture
    let other: ArchiveFixture

    init() throws {
        fixture = try ExchangeFixture()
        other = try ArchiveFixture()
    }

    /// Requires an import to be refused for a reason that contains a text, changing nothing.
    private func expectRefusal(
        _ reason: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        try expectRefusal(of: fixture.bytes(), reason, at: location)
    }

    private func expectRefusal(
        of bytes: [UInt8], _ reason: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(sourceLocation: location) {
            try fixture.importBytes(bytes, into: other)
        } throws: { error in
            guard case ArchiveError.notABaseNetwork(_, let found) = error else { return false }
            if !reason.isEmpty, !found.contains(reason) {
                Issue.record("'\(found)' lacks '\(reason)'")
            }
            return true
        }
        let archive = try Archive(opening: other.path)
        #expect(try archive.baseReports().isEmpty, sourceLocation: location)
        #expect(try archive.catalog.allBlobs().isEmpty, sourceLocation: location)
        #expect(
            try other.check().unreferencedBlobCount == 0, sourceLocation: location)
    }

    @Test func `an exported network comes back as the same network`() throws {
        let report = try fixture.importElsewhere(other)
        #expect(report.digest == fixture.base.digest)
        #expect(report.state == "candidate" && report.version == 1)
        #expect(report.family == fixture.base.family)
        #expect(report.trainingCubeCount == 2)
        #expect(report.importedFrom != nil)
        #expect(try fixture.importElsewhere(other).version == 1)
        #expect(try other.check().isSound)
    }

    @Test func `the file has the documented tensors, and whatever made it can be left out`() throws
    {
        #expect(fixture.header["hidden.0.weight"]?["shape"] as? [Int] == [16, 2])
        #expect(fixture.header["hidden.1.weight"]?["shape"] as? [Int] == [16, 16])
        #expect(fixture.header["output.weight"]?["shape"] as? [Int] == [20, 16])
        #expect(fixture.header["modulation.weight"]?["shape"] as? [Int] == [32, 8])
        #expect(fixture.header["latent.means"]?["shape"] as? [Int] == [8])
        #expect(fixture.header["grid.wavelengths"]?["dtype"] as? String == "F64")
        #expect(fixture.header["companion.0.output.weight"]?["shape"] as? [Int] == [20, 8])
        for key in ["manifest", "family", "sha256", "checksum"] {
            fixture.setMetadata(key, to: nil)
        }
        let report = try fixture.importElsewhere(other)
        #expect(report.digest == fixture.base.digest)
        #expect(report.trainingCubeCount == 0)
        #expect(report.family.hasPrefix("unknown-20-"))
    }

    @Test(arguments: [
        ("hidden.1.weight", Float.nan), ("output.bias", .infinity), ("modulation.bias", -.infinity),
        ("inner.rates", .nan), ("latent.means", .nan), ("golden.samples", .nan),
    ])
    func `a value that is not finite is refused`(name: String, value: Float) throws {
        fixture.setMetadata("sha256", to: nil)
        fixture.set(name, at: 3, to: value)
        try expectRefusal("value 3 of tensor \(name)")
    }

    @Test func `a truncated file is refused wherever it ends`() throws {
        let bytes = try fixture.bytes()
        for count in [0, 7, 8, 100, bytes.count - fixture.data.count, bytes.count - 1] {
            try expectRefusal(of: Array(bytes[..<count]), "")
        }
        try expectRefusal(of: bytes + [0], "bytes follow")
    }

    @Test func `any changed weight is caught by the golden latents or the digest`() throws {
        let old = try fixture.value("hidden.1.weight", at: 7)
        fixture.set("hidden.1.weight", at: 7, to: old.nextUp)
        try expectRefusal("SHA-256")
        fixture.setMetadata("sha256", to: nil)
        fixture.set("hidden.1.weight", at: 7, to: old + 0.5)
        try expectRefusal("golden latent")
        fixture.set("hidden.1.weight", at: 7, to: old)
        fixture.setMetadata("omega", to: "30")
        try expectRefusal("golden latent")
    }

    @Test func `a changed golden sample or manifest is caught by the checksum`() throws {
        let old = try fixture.value("golden.samples", at: 5)
        fixture.set("golden.samples", at: 5, to: old.nextUp)
        try expectRefusal("checksum")
        fixture.set("golden.samples", at: 5, to: old)
        fixture.setMetadata("family", to: "another")
        try expectRefusal("checksum")
    }

    @Test func `foreign shapes are refused by name`() throws {
        fixture.header["output.weight"]?["shape"] = [16, 20]
        try expectRefusal("shape")
        fixture.header["output.weight"]?["shape"] = [20, 17]
        try expectRefusal("bytes")
        fixture.header["output.weight"]?["shape"] = [Int.max, 16]
        try expectRefusal("shape")
        fixture.header["output.weight"]?["shape"] = [-20, -16]
        try expectRefusal("shape")
        fixture.header["output.weight"]?["shape"] = [320]
        try expectRefusal("two extents")
    }

    @Test func `types, names and texts that do not belong are refused`() throws {
        fixture.header["output.bias"]?["dtype"] = "BF16"
        try expectRefusal("BF16")
        fixture.header["output.bias"]?["dtype"] = "F32"
        let bias = fixture.header.removeValue(forKey: "output.bias")
        fixture.header["output.offset"] = bias
        try expectRefusal("output.offset")
        fixture.header["output.bias"] = fixture.header.removeValue(forKey: "output.offset")
        for (key, value, reason) in [
            ("omega", "fast", "no such number"), ("omega", "nan", "omega is nan"),
            ("latent_grid", "tiles 0x4", "0 x 4"), ("inner_steps", "101", "inner loop"),
            ("merge_nanometers", "-1", "merge_nanometers"), ("latent_form", "4", "latents"),
            ("latent_form", "1", "latent."), ("latent_form", "2", "latent.means"),
            ("cubevault", "base network 2", "base network 2"), ("family", "A b", "family"),
            ("manifest", "{}", "manifest"),
        ] {
            let metadata = fixture.header["__metadata__"]
            fixture.setMetadata(key, to: value)
            try expectRefusal(reason)
            fixture.header["__metadata__"] = metadata
        }
        fixture.setMetadata("omega", to: nil)
        try expectRefusal("'omega'")
    }

    @Test func `offsets that overlap, leave gaps or point outside are refused`() throws {
        let range = fixture.range(of: "output.bias")
        for (offsets, reason) in [
            ([range.lowerBound - 4, range.upperBound - 4], "overlaps"),
            ([range.upperBound, range.lowerBound], "offsets"),
            ([range.lowerBound], "offsets"), ([-4, range.upperBound], "offsets"),
            ([range.lowerBound, Int.max], "truncated"),
        ] {
            fixture.header["output.bias"]?["data_offsets"] = offsets
            try expectRefusal(reason)
        }
        fixture.header["output.bias"] = nil
        try expectRefusal("gap")
    }

    @Test func `headers that are no header are refused`() throws {
        var writer = ByteWriter()
        writer.write(UInt64.max)
        try expectRefusal(of: writer.bytes + [UInt8](repeating: 0, count: 100), "neither")
        for text in ["", "[]", "{", "{\"a\": 1}", "{\"__metadata__\": {\"a\": 1}}", "{}"] {
            var writer = ByteWriter()
            writer.write(UInt64(text.utf8.count))
            writer.write(bytes: text.utf8)
            try expectRefusal(of: writer.bytes, "")
        }
        let deep = String(repeating: "[", count: 100_000)
        var nested = ByteWriter()
        nested.write(UInt64(deep.utf8.count + 5))
        nested.write(bytes: ("{\"a\":" + deep).utf8)
        try expectRefusal(of: nested.bytes, "header")
    }

    @Test func `random damage never traps and never changes the archive`() throws {
        fixture.setMetadata("sha256", to: nil)
        let bytes = try fixture.bytes()
        let headerByteCount = bytes.count - fixture.data.count
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            var damaged = bytes
            let place = Int(generator.next() % UInt64(headerByteCount))
            damaged[place] = UInt8(truncatingIfNeeded: generator.next())
            // Some damage is harmless, such as another name in the manifest.
            do { _ = try fixture.importBytes(damaged, into: other) } catch is ArchiveError {}
        }
        #expect(try other.check().isSound)
    }
}
