import ArgumentParser
import Catalog

/// What a listing is sorted by: `FIELD`, `FIELD:asc` or `FIELD:desc`.
struct SortOrder: ExpressibleByArgument, Equatable {
    /// The field.
    let field: CubeSort
    /// Whether the largest, latest or last comes first.
    let isDescending: Bool

    /// Reads the text; nil for an unknown field or direction.
    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let field = CubeSort(rawValue: String(parts[0])), parts.count <= 2 else { return nil }
        self.field = field
        switch parts.dropFirst().first {
        case nil, "asc": isDescending = false
        case "desc": isDescending = true
        default: return nil
        }
    }

    /// Every field in both directions.
    static var defaultCompletionKind: CompletionKind {
        .list(CubeSort.allCases.flatMap { [$0.rawValue, $0.rawValue + ":desc"] })
    }
}
