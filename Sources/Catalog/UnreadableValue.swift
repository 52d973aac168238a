/// A stored value is not what the schema says it is: the file is damaged or was edited by hand.
/// ``CatalogConnection`` turns it into ``CatalogError/damaged(path:reason:)``.
struct UnreadableValue: Error {
    /// What was being read.
    let column: String
    /// What is wrong with it.
    let reason: String
}
