/// Why two blocks that should agree do not.
package struct ComparisonFailure: Error {
    package let reason: String
}
