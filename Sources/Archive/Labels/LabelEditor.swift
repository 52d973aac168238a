import Basics
import Catalog

/// Changes the labels of cubes: tags and collections.
public struct LabelEditor: Sendable {
    let writer: ArchiveWriter

    /// An editor of one archive.
    public init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Makes a change in one transaction and says what the labels are now.
    ///
    /// - Throws: ``CatalogError`` for an unknown cube or an empty name; nothing is changed then.
    public func apply(_ change: LabelChange) throws -> CubeLabels {
        try writer.catalog.batch { catalog in
            for (key, value) in change.tags.sorted(by: { $0.key < $1.key }) {
                try catalog.addTag(key, value, to: change.cube)
            }
            for key in change.removedTags { try catalog.removeTag(key, from: change.cube) }
            if change.leavesCollection { try catalog.setCollection(nil, of: change.cube) }
            if let collection = change.collection {
                try catalog.setCollection(collection, of: change.cube)
            }
            try catalog.recordEvent(writer.event(.label, .cube(change.cube)))
        }
        let cube = try writer.archive.catalog.cube(change.cube)
        return CubeLabels(
            id: cube.id, name: cube.name, collection: cube.collection, tags: cube.tags)
    }
}
