import Basics
import Catalog

/// How people name a base network: `3`, `current`, `candidate`, `previous`, `FAMILY/2`,
/// `FAMILY/current` or the first digits of its SHA-256.
public enum BaseReference: Sendable, Hashable {
    /// Fewest digits of a SHA-256.
    public static let minimumPrefixLength = 4
    /// Longest text of digits that is a version and not a SHA-256.
    private static let maximumVersionLength = 7

    /// Its version in the archive.
    case version(Int)
    /// The newest that has a state, of one family or of all.
    case newest(BaseNetworkState, family: String?)
    /// Its number in its family.
    case number(Int, family: String)
    /// The first digits of its SHA-256, lowercase.
    case digest(prefix: String)

    /// Reads what somebody typed; nil where it cannot name a base network.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, BaseFamily.isName(parts[0]) {
            if let state = Self.alias(parts[1]) {
                self = .newest(state, family: parts[0])
            } else if let number = Int(parts[1]), number > 0 {
                self = .number(number, family: parts[0])
            } else {
                return nil
            }
        } else if let state = Self.alias(text) {
            self = .newest(state, family: nil)
        } else if let version = Int(text), version > 0, text.count <= Self.maximumVersionLength {
            self = .version(version)
        } else if (Self.minimumPrefixLength...64).contains(text.count),
            text.allSatisfy(\.isHexDigit)
        {
            self = .digest(prefix: text.lowercased())
        } else {
            return nil
        }
    }

    /// Whether the text might be a cube's ID as well.
    public var looksLikeCube: Bool {
        if case .digest = self { true } else { false }
    }

    private static func alias(_ text: String) -> BaseNetworkState? {
        switch text {
        case "current": .current
        case "candidate": .candidate
        case "previous": .previous
        default: nil
        }
    }

    func names(_ base: BaseNetworkRecord) -> Bool {
        switch self {
        case .version(let version): base.version == version
        case .newest(let state, let family):
            base.state == state && (family ?? base.family) == base.family
        case .number(let number, let family): base.number == number && base.family == family
        case .digest(let prefix): base.digest.hexadecimal.hasPrefix(prefix)
        }
    }
}

extension Archive {
    /// The version of the base network that somebody means.
    ///
    /// - Throws: ``ArchiveError/noBaseNetwork(version:)``, or ``ArchiveError/badArgument(reason:)``
    ///   where a digest's first digits stand for several.
    public func resolveBase(_ text: String) throws -> Int {
        guard let reference = BaseReference(text) else {
            throw ArchiveError.noBaseNetwork(version: "'\(text)'")
        }
        let named = try catalog.bases().filter(reference.names)
        if reference.looksLikeCube, named.count > 1 {
            throw ArchiveError.badArgument(
                reason: "'\(text)' stands for \(named.count) base networks; give more digits")
        }
        guard let base = named.first else { throw ArchiveError.noBaseNetwork(version: text) }
        return base.version
    }
}
