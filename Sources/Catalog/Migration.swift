import Basics
import CCatalog

/// One step of the catalog's schema: the text of a file of migrations/.
package struct Migration: Sendable {
    /// Counted from 1; the file's name begins with it.
    package let number: Int
    /// The file's name.
    package let name: String
    /// The file's text.
    package let text: String

    /// States a migration; tests make their own.
    package init(number: Int, name: String, text: String) {
        self.number = number
        self.name = name
        self.text = text
    }

    /// The SHA-256 of the text, which the catalog keeps beside the number.
    package var digest: SHA256Digest { SHA256Hasher.digest(of: Array(text.utf8)) }

    /// The migrations inside this program, in order.
    package static let embedded: [Migration] = (0..<cubevault_migration_count()).map { index in
        guard let name = cubevault_migration_name(index),
            let text = cubevault_migration_text(index)
        else { preconditionFailure("the embedded migrations have a gap at \(index)") }
        return Migration(
            number: Int(index) + 1, name: String(cString: name), text: String(cString: text))
    }
}
