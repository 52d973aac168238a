import Foundation
import TestSupport

/// The text files of the checkout that people wrote.
enum SourceTree {
    /// Swift and C files of Sources, Tests and Benchmarks.
    static let sources: [SourceFile] = files(
        under: ["Sources", "Tests", "Benchmarks"], kinds: ["swift", "c", "h"])

    /// Everything that is shipped or read: sources, documents, settings, units, migrations.
    static let everything: [SourceFile] =
        sources
        + files(
            under: ["docs", "etc", "systemd", "migrations", "Benchmarks", ".ci"],
            kinds: ["md", "toml", "sh", "py", "service", "timer", "conf", "sql", "run", "socket"])
        + ["README.md", "CHANGELOG.md", "Makefile", "Package.swift", ".gitignore"].compactMap(file)

    /// One file of the checkout; nil where there is none.
    static func file(_ path: String) -> SourceFile? {
        let address = packageRoot.appending(path: path)
        guard FileManager.default.fileExists(atPath: address.path) else { return nil }
        do {
            return SourceFile(path: path, text: try String(contentsOf: address, encoding: .utf8))
        } catch {
            return SourceFile(path: path, text: "\(path) cannot be read: \(error)")
        }
    }

    /// Whether a path of the checkout exists.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: packageRoot.appending(path: path).path)
    }

    private static func files(under folders: [String], kinds: Set<String>) -> [SourceFile] {
        folders.flatMap { folder -> [SourceFile] in
            let entries = FileManager.default.enumerator(
                atPath: packageRoot.appending(path: folder).path)
            let paths = (entries?.allObjects as? [String] ?? []).sorted()
            return paths.filter { kinds.contains(($0 as NSString).pathExtension) || $0 == "run" }
                .compactMap { file(folder + "/" + $0) }
        }
    }
}
