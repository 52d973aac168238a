import Basics
internal import GRDB

extension CatalogTransaction {
    /// Gives up a cube's exact samples and everything they could be rebuilt from; its headers and
    /// latents stay. For owners who asked for that.
    ///
    /// - Returns: the blobs that nothing refers to any longer, which the catalog has forgotten;
    ///   their files may be removed once this transaction is committed.
    /// - Throws: ``CatalogError/notFound(kind:name:)`` for an unknown cube,
    ///   ``CatalogError/invalidRecord(subject:reason:)`` where the cube has no current latent.
    public func discardExactSamples(
        of cube: SHA256Digest, events: [EventRecord] = []
    ) throws -> [SHA256Digest] {
        let row = try queries.requiredCubeRow(cube)
        guard try queries.currentEncoding(of: cube) != nil else {
            throw CatalogError.invalidRecord(
                subject: "cube \(cube)", reason: "its only samples are the exact ones")
        }
        let before = try queries.referencedBlobs()
        try atomically {
            try execute(
                "UPDATE cubes SET exact_blob = NULL, exact_stored_byte_count = 0 WHERE id = ?",
                [row])
            try execute(
                """
                UPDATE source_files SET storage = 'not-kept', blob = NULL, layout = NULL,
                    prefix_blob = NULL, trailing_blob = NULL
                WHERE cube = ? AND role <> 'header'
                """, [row])
            try removeBlobs(before.subtracting(queries.referencedBlobs()))
            try recordEvents(events)
        }
        return before.subtracting(try queries.referencedBlobs()).sorted()
    }
}

extension CatalogQueries {
    /// Cubes of a fidelity that have exact samples and a current latent.
    public func cubesWithBothSamples(fidelity: String) throws -> [SHA256Digest] {
        let sql = """
            SELECT digest FROM cubes
            WHERE fidelity = ? AND exact_blob IS NOT NULL
                AND EXISTS (SELECT 1 FROM encodings WHERE cube = cubes.id AND is_current = 1)
            ORDER BY id
            """
        return try fetch(sql, [fidelity]) { try $0.digest("digest") }
    }
}
