import Basics
import Foundation

/// Writing a blob.
extension BlobStore {
    /// Stores content: temporary file, write, fsync, read back and compare, rename, fsync of the
    /// folder. Returns only when the blob is on the disk and known to be right.
    ///
    /// Where the content is stored already, the stored file is read whole and compared; a sound one
    /// stays (the new file is dropped), a damaged one is replaced by the new file.
    ///
    /// - Parameter body: appends the chunks, in order.
    /// - Throws: what `body` throws; ``BlobStoreError``; ``BasicsError``. After
    ///   ``BasicsError/syncFailed(path:errorNumber:)`` the process must end and not try again.
    public func write(_ body: (BlobWriter) throws -> Void) throws -> BlobReceipt {
        let temporary = temporaryFolder + "/" + UUID().uuidString.lowercased() + ".zst"
        do {
            let (name, table) = try writeTemporary(temporary, body)
            let wasThere = try hasSoundBlob(name, like: table)
            if wasThere {
                try operations.remove(temporary)
            } else {
                try operations.reached(BlobStoreStep.temporaryVerified)
                try publish(temporary, as: name)
            }
            // Also where the blob was there: its writer may have ended before this step.
            try operations.synchronizeFolder(fanOutFolder(of: name))
            try operations.reached(BlobStoreStep.folderSynchronized)
            return BlobReceipt(
                name: name, contentByteCount: table.contentByteCount,
                storedByteCount: try storedByteCount(of: name),
                chunkCount: table.entries.count, wasAlreadyThere: wasThere)
        } catch {
            removeIfThere(temporary)
            throw error
        }
    }

    /// Writes, forces to the disk and verifies a temporary file.
    private func writeTemporary(
        _ path: String, _ body: (BlobWriter) throws -> Void
    ) throws -> (SHA256Digest, SeekTable) {
        let file = try RandomAccessFile(creating: path, exclusively: true)
        let writer = try BlobWriter(file: file, compressionLevel: compressionLevel)
        try body(writer)
        let name = try writer.finish()
        try operations.reached(BlobStoreStep.temporaryWritten)
        try operations.synchronizeFile(file)
        try operations.reached(BlobStoreStep.temporarySynchronized)
        try verifyTemporary(path, name: name, table: writer.table)
        return (name, writer.table)
    }

    /// Decodes what the disk now holds and compares it with what was given.
    private func verifyTemporary(_ path: String, name: SHA256Digest, table: SeekTable) throws {
        PageCache.drop(path)
        do {
            let reader = try BlobReader(path: path)
            let found = try reader.contentDigest()
            guard reader.table == table, found == name else {
                throw BlobStoreError.writeNotVerified(path: path, reason: "other content")
            }
        } catch BlobStoreError.damaged(_, let reason) {
            throw BlobStoreError.writeNotVerified(path: path, reason: reason)
        }
    }

    /// Whether a sound blob of the same content and chunks is there; a damaged one counts as none.
    private func hasSoundBlob(_ name: SHA256Digest, like table: SeekTable) throws -> Bool {
        guard contains(name) else { return false }
        do {
            try verify(name)
        } catch let error as BlobStoreError where error.exitStatus == .damaged {
            return false
        }
        let stored = try open(name).chunkByteCounts
        guard stored == table.entries.map(\.contentByteCount) else {
            throw BlobStoreError.chunkedDifferently(path: path(of: name))
        }
        return true
    }

    /// Gives a verified temporary file its final name.
    private func publish(_ temporary: String, as name: SHA256Digest) throws {
        try makeFolder(fanOutFolder(of: name))
        try operations.reached(BlobStoreStep.fanOutCreated)
        try operations.rename(temporary, path(of: name))
        try operations.reached(BlobStoreStep.renamed)
    }

    /// Clears up after a failed write. Its own failure is not worth hiding the first error for:
    /// what stays is garbage, which ``removeAbandonedTemporaries()`` finds.
    private func removeIfThere(_ path: String) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try operations.remove(path) } catch { return }
    }
}
