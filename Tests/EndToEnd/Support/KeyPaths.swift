/// The keys of a JSON value, for comparison with what users rely on.
enum KeyPaths {
    /// Every key with its path, such as `geometry.lines` or `bands[].index`, sorted.
    static func all(of value: Any) -> [String] { collect(value, prefix: "").sorted() }

    private static func collect(_ value: Any, prefix: String) -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: []) { paths, entry in
                let path = prefix.isEmpty ? entry.key : prefix + "." + entry.key
                let below = collect(entry.value, prefix: path)
                paths.formUnion(below.isEmpty ? [path] : below)
            }
        case let array as [Any]:
            array.reduce(into: []) { $0.formUnion(collect($1, prefix: prefix + "[]")) }
        default: []
        }
    }
}
