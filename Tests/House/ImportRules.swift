/// Rules about what a file may import.
enum ImportRules {
    /// Every import of a product file that the module map forbids.
    static func forbiddenImports(_ file: SourceFile) -> [String] {
        guard file.isProduct, file.kind == "swift" else { return [] }
        return imports(of: file).compactMap { line, name in
            ModuleMap.objection(to: name, in: file.module).map { file.finding(line, $0) }
        }
    }

    /// Tests see what users see.
    static func testableImports(_ file: SourceFile) -> [String] {
        file.codeLines.enumerated().filter { $0.element.mentions("@testabl" + "e ") }.map {
            file.finding($0.offset, "tests use the public and package API only")
        }
    }

    /// The imported module of every import declaration, with its line.
    static func imports(of file: SourceFile) -> [(line: Int, name: String)] {
        let declaration =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        return file.codeLines.enumerated().compactMap { line, text in
            guard text.mentions("import ") else { return nil }
            return text.firstMatch(of: declaration).map { (line, String($0.1)) }
        }
    }
}
