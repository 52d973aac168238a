import Testing

/// Every rule of the house can fail: each is shown a snippet that breaks it and one that does not.
@Suite struct HouseRuleTests {
    private func snippet(_ text: String, path: String = "Sources/Cube/Sample.swift") -> SourceFile {
        SourceFile(path: path, text: text)
    }

    @Test func `an upward import is found`() {
        #expect(ImportRules.forbiddenImports(snippet("import Archive\n")).count == 1)
        #expect(
            ImportRules.forbiddenImports(snippet("private import struct Archive.X\n")).count == 1)
        #expect(ImportRules.forbiddenImports(snippet("import Basics\nimport Glibc\n")) == [])
        #expect(ImportRules.forbiddenImports(snippet("// import Archive\n")) == [])
    }

    @Test(arguments: ["GRDB", "ArgumentParser", "CGDAL", "CNeuralField", "CZstd", "Unheard"])
    func `a library outside its owner is found`(library: String) {
        #expect(ImportRules.forbiddenImports(snippet("import \(library)\n")).count == 1)
    }

    @Test func `a library in its owner is not`() {
        let catalog = snippet("import GRDB\n", path: "Sources/Catalog/Catalog.swift")
        let kernels = snippet("import CNeuralField\n", path: "Sources/NeuralField/Kernel.swift")
        #expect(ImportRules.forbiddenImports(catalog) == [])
        #expect(ImportRules.forbiddenImports(kernels) == [])
    }

    @Test func `a testable import is found`() {
        #expect(ImportRules.testableImports(snippet("@testable import Cube\n")).count == 1)
        #expect(ImportRules.testableImports(snippet("import Cube\n")) == [])
    }

    @Test func `a file of 401 lines is found`() {
        func file(_ count: Int) -> SourceFile { snippet(String(repeating: "x\n", count: count)) }
        #expect(SizeRules.longFiles(file(401)).count == 1)
        #expect(SizeRules.longFiles(file(400)) == [])
    }

    @Test func `a line of 101 columns is found`() {
        func file(_ count: Int) -> SourceFile { snippet(String(repeating: "é", count: count)) }
        #expect(SizeRules.longLines(file(101)).count == 1)
        #expect(SizeRules.longLines(file(100)) == [])
    }

    @Test(arguments: [
        "func f() {", "public static func f<T>(\n    x: T\n) throws -> Int {", "init() {",
        "deinit {", "subscript(index: Int) -> Int {", "var total: Int {",
        "@Test func `a name with { braces`() {",
    ])
    func `a function of 61 lines is found`(header: String) {
        let headerLineCount = header.split(separator: "\n").count
        func function(_ count: Int) -> SourceFile {
            let body = String(
                repeating: "    if x { y = \"}\" }\n", count: count - headerLineCount - 1)
            return snippet("struct S {\n\(header)\n\(body)}\n}\n")
        }
        #expect(SizeRules.longFunctions(function(61)).count == 1)
        #expect(SizeRules.longFunctions(function(60)) == [])
    }

    @Test func `a C function of 61 lines is found`() {
        func function(_ count: Int) -> SourceFile {
            let body = String(repeating: "  for (;;) { }\n", count: count - 2)
            return snippet("static int f(int x) {\n\(body)}\n", path: "Sources/CCube/x.c")
        }
        #expect(SizeRules.longFunctions(function(61)).count == 1)
        #expect(SizeRules.longFunctions(function(60)) == [])
    }

    @Test func `a public type in another type's file is found`() {
        #expect(NamingRules.misplacedTypes(snippet("public struct Other {}\n")).count == 1)
        #expect(
            NamingRules.misplacedTypes(
                snippet("public struct Sample {}\npublic final class Second {}\n")
            ).count == 1)
        #expect(NamingRules.misplacedTypes(snippet("public struct Sample {}\n")) == [])
        let aspect = "Sources/Cube/Sample+Values.swift"
        #expect(NamingRules.misplacedTypes(snippet("extension Sample {}\n", path: aspect)) == [])
        #expect(
            NamingRules.misplacedTypes(snippet("extension Other {}\n", path: aspect)).count == 1)
    }

    @Test func `unfinished work is found`() {
        #expect(TextRules.unfinishedWork(snippet("// TO" + "DO: later\n")).count == 1)
        #expect(TextRules.unfinishedWork(snippet("// FIX" + "ME\n")).count == 1)
        #expect(TextRules.unfinishedWork(snippet("let photodomain = 1\n")) == [])
    }

    @Test func `a machine's path is found`() {
        for folder in ["home", "work", "Users"] {
            #expect(TextRules.machinePaths(snippet("open(\"/\(folder)/me/x\")\n")).count == 1)
        }
        #expect(
            TextRules.machinePaths(snippet("at https://x.org/work/of/art and src/work/a")) == [])
    }

    @Test func `a silently dropped error is found`() {
        #expect(TextRules.silentTries(snippet("let x = try" + "? f()\n")).count == 1)
        #expect(TextRules.silentTries(snippet("// It may be gone.\nlet x = try" + "? f()\n")) == [])
        #expect(TextRules.silentTries(snippet("let x = try" + "? f()  // It may be gone.\n")) == [])
    }

    @Test func `magics are found in every way of writing them`() {
        let file = snippet(
            """
            static let magic = "CVA1"
            private let footerMagic: String = "CVA2"
            writer.write(magic: "CVA3")
            #define BLOB_MAGIC "CVA4"
            """)
        #expect(TextRules.magics(file) == ["CVA1", "CVA2", "CVA3", "CVA4"])
    }

    @Test func `the scanner tells code from comments and strings`() {
        let text = ##"a /* b { /* c */ d */ "e { \(f("g)}")) h" #"i " { \"# `j {` // k"##
        let code = CodeText.blankingProse(in: text)
        #expect(code.utf8.count == text.utf8.count)
        #expect(code.filter { !$0.isWhitespace } == ##"a""#""#``"##)
    }
}
