/// Rules about where a type lives.
enum NamingRules {
    /// A file declares at most one public top-level type, and it is the file's; a Type+Aspect file
    /// extends its type.
    static func misplacedTypes(_ file: SourceFile) -> [String] {
        guard file.isProduct, file.kind == "swift" else { return [] }
        let stem = String(file.name.dropLast(".swift".count))
        let typeName = String(stem.split(separator: "+").first ?? "")
        var findings = publicTypes(of: file).filter { $0.name != stem }.map {
            file.finding($0.line, "public type \($0.name) belongs in \($0.name).swift")
        }
        let hasExtension = file.codeLines.contains {
            $0.mentions("extension ") && $0.mentions(typeName)
        }
        if stem.contains("+") && !hasExtension {
            findings.append(file.finding(0, "nothing here extends \(typeName)"))
        }
        return findings
    }

    /// Public types at the top level: declarations that begin in the first column.
    private static func publicTypes(of file: SourceFile) -> [(line: Int, name: String)] {
        let declaration =
            /^public (?:(?:final|indirect|nonisolated) )*(?:struct|class|enum|actor|protocol) (\w+)/
        return file.codeLines.enumerated().compactMap { line, text in
            guard text.hasPrefix("public ") else { return nil }
            return text.firstMatch(of: declaration).map { (line, String($0.1)) }
        }
    }
}
