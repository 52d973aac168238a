import Archive
import CubeCodec
import Testing

@Suite struct SettingsTests {
    @Test func `the settings file that is shipped states exactly the defaults`() throws {
        #expect(try Settings(toml: Settings.defaultFile, path: "defaults") == Settings())
    }

    @Test func `an empty file means the defaults`() throws {
        #expect(try Settings(toml: "", path: "x") == Settings())
    }

    @Test(
        arguments: [
            ("[ingest]\nworker_cuont = 2", "ingest.worker_cuont"),
            ("[ingset]\nworker_count = 2", "ingset"),
            ("[ingest]\nworker_count = 0", "ingest.worker_count"),
            ("[ingest]\nworker_count = \"two\"", "ingest.worker_count"),
            ("[ingest]\nfidelity = \"perfect\"", "ingest.fidelity"),
            ("[exact]\neffort = \"heroic\"", "exact.effort"),
            ("[encoding]\neffort = \"quick\"", "encoding.effort"),
            ("[field]\ngrid = \"cells 7\"", "field.grid"),
            ("[tiles]\ngrid = \"scene\"", "tiles.grid"),
            ("[field]\nomega = -1.0", "field.omega"),
            ("[training]\nautomatic = 1", "training.automatic"),
            ("ingest = 3", "ingest"),
            ("[collections.a]\nfidelity = \"good\"", "collections.a.fidelity"),
            ("[collections.a]\nfidelity = \"latent\"", "collections.a.fidelity"),
            ("[collections.a]\nkeep = true", "collections.a.keep"),
            ("[collections.a]\neffort = \"hard\"", "collections.a.effort"),
            ("[collections]\na = 1", "collections.a"),
        ])
    func `a setting that is misspelt or out of range is refused by name`(
        text: String, key: String
    ) {
        #expect {
            try Settings(toml: text, path: "file.toml")
        } throws: { error in
            guard case ArchiveError.badSetting(let path, let found, _) = error else { return false }
            return path == "file.toml" && found == key
        }
    }

    @Test func `text that is not TOML is refused with its place`() {
        #expect {
            try Settings(toml: "[ingest\nx", path: "file.toml")
        } throws: { error in
            "\(error)".contains("line")
        }
    }

    @Test func `every kind of setting is read`() throws {
        let text = """
            [ingest]
            fidelity = "max-error=2"
            keep_original = false
            [field]
            grid = "tiles 10x12"
            omega = 20
            [tiles]
            grid = "none"
            training_percent = 10
            [training]
            seed = 7
            [exact]
            effort = "best"
            """
        let settings = try Settings(toml: text, path: "x")
        #expect(settings.ingest.fidelity == "max-error=2")
        #expect(!settings.ingest.keepOriginal)
        #expect(settings.field.grid == "tiles 10x12")
        #expect(settings.field.omega == 20)
        #expect(settings.tiles.grid == "none" && settings.tiles.trainingPercent == 10)
        #expect(settings.training.seed == 7)
        #expect(settings.exact.effort == "best")
    }

    @Test func `a collection's policy fills in from above it`() throws {
        let text = """
            [ingest]
            fidelity = "max-error=2"
            keep_original = false
            [collections.a]
            fidelity = "max-error=1%"
            [collections."a/b"]
            keep_original = true
            [collections.preview]
            fidelity = "latent"
            discard_exact = true
            effort = "normal"
            [exact]
            effort = "best"
            """
        let settings = try Settings(toml: text, path: "x")
        func policy(_ name: String?) throws -> IngestPolicy { try settings.policy(of: name) }
        #expect(try policy(nil).fidelity == .maximumError(2))
        #expect(try policy("other").fidelity == .maximumError(2))
        #expect(try policy("ab").fidelity == .maximumError(2))
        #expect(try policy("a").fidelity == .maximumRelativeError(percent: 1))
        #expect(try !policy("a").keepsOriginal)
        #expect(try policy("a/b/c").fidelity == .maximumRelativeError(percent: 1))
        #expect(try policy("a/b/c").keepsOriginal)
        #expect(try policy("preview").fidelity == .latent)
        #expect(try policy("preview").discardsExact)
        #expect(try policy(nil).effort == .best)
        #expect(try policy("a/b").effort == .best)
        #expect(try policy("preview").effort == .normal)
        #expect(try policy("preview/new").effort == .normal)
    }
}
