import Foundation

/// One text file of the checkout, or a snippet that pretends to be one.
struct SourceFile {
    /// Path relative to the checkout.
    let path: String
    /// The text as it stands.
    let text: String
    /// The text with comments, string contents and raw identifiers blanked; lines keep their
    /// places. Only meaningful for Swift and C.
    let code: String
    /// Lines of the text.
    let lines: [Substring]
    /// Lines of the code.
    let codeLines: [Substring]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = CodeText.blankingProse(in: text)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// File name without folders.
    var name: String { String(path.split(separator: "/").last ?? "") }
    /// `Swift`, `c`, `h`: the file name's extension.
    var kind: String { String(name.split(separator: ".").last ?? "") }
    /// The folder below Sources or Tests.
    var module: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }
    /// Whether the file is part of the product rather than of its tests.
    var isProduct: Bool { path.hasPrefix("Sources/") }

    /// `path:line: message`, as compilers say it; lines count from 0 here and from 1 there.
    func finding(_ line: Int, _ message: String) -> String { "\(path):\(line + 1): \(message)" }
}
