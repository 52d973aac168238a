import Testing

/// The rules of the house, over the whole checkout.
@Suite struct HouseTests {
    @Test func `the checkout is really read`() {
        #expect(SourceTree.sources.count > 50)
        #expect(SourceTree.sources.contains { $0.path == "Sources/Cube/CubeGeometry.swift" })
        #expect(SourceTree.everything.contains { $0.path == "Package.swift" })
    }

    @Test func `imports point downward and libraries stay with their owners`() {
        #expect(SourceTree.sources.flatMap(ImportRules.forbiddenImports) == [])
    }

    @Test func `tests use the public and package API only`() {
        #expect(SourceTree.sources.flatMap(ImportRules.testableImports) == [])
    }

    @Test func `files have at most 400 lines`() {
        for file in SourceTree.sources where SizeRules.lineCount(of: file) > 250 {
            print("house: \(file.path) has \(SizeRules.lineCount(of: file)) lines")
        }
        #expect(SourceTree.sources.flatMap(SizeRules.longFiles) == [])
    }

    @Test func `lines have at most 100 columns`() {
        #expect(SourceTree.sources.flatMap(SizeRules.longLines) == [])
    }

    @Test func `functions have at most 60 lines`() {
        #expect(SourceTree.sources.flatMap(SizeRules.functions).count > 100)
        #expect(SourceTree.sources.flatMap(SizeRules.longFunctions) == [])
    }

    @Test func `a public type lives in the file of its name`() {
        #expect(SourceTree.sources.flatMap(NamingRules.misplacedTypes) == [])
    }

    @Test func `no work is left for later`() {
        #expect(SourceTree.everything.flatMap(TextRules.unfinishedWork) == [])
    }

    @Test func `nothing depends on one machine's paths`() {
        #expect(SourceTree.everything.flatMap(TextRules.machinePaths) == [])
    }

    @Test func `every dropped error says why`() {
        #expect(SourceTree.sources.flatMap(TextRules.silentTries) == [])
    }

    @Test func `the format document mentions every magic`() throws {
        let format = try #require(SourceTree.file("docs/FORMAT.md")).text
        let magics = Set(SourceTree.sources.flatMap(TextRules.magics))
        #expect(!magics.isEmpty)
        #expect(magics.filter { !format.contains($0) }.sorted() == [])
    }

    @Test(arguments: [
        "README.md", "CHANGELOG.md", "Makefile", "Package.swift", ".swift-format", ".ci/run",
        "docs/ARCHITECTURE.md", "docs/FORMAT.md", "docs/METHOD.md", "docs/BENCHMARKS.md",
        "etc/cubevault.toml", "migrations", "Benchmarks", "systemd/cubevaultd.service",
        "systemd/cubevault-check.service", "systemd/cubevault-check.timer",
        "systemd/cubevault.sysusers", "systemd/cubevault.tmpfiles",
    ])
    func `the checkout has`(path: String) { #expect(SourceTree.exists(path)) }

    @Test func `every module of the map exists and every folder is in the map`() {
        let folders = Set(
            SourceTree.sources.filter { $0.isProduct && $0.kind == "swift" }.map(\.module))
        #expect(folders.subtracting(ModuleMap.below.keys) == [])
        #expect(Set(ModuleMap.below.keys).subtracting(folders) == [])
    }
}
