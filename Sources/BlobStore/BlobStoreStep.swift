/// The named moments of a write, handed to `FileOperations.reached` in this order, so that a test
/// can end the process at each of them.
public enum BlobStoreStep {
    /// All bytes were written to the temporary file; none is known to be on the disk.
    public static let temporaryWritten = "blob.temporary-written"
    /// The temporary file is on the disk.
    public static let temporarySynchronized = "blob.temporary-synchronized"
    /// The temporary file was read back, decoded and compared.
    public static let temporaryVerified = "blob.temporary-verified"
    /// The fan-out folder is on the disk.
    public static let fanOutCreated = "blob.fan-out-created"
    /// The blob has its final name; the name is not known to be on the disk.
    public static let renamed = "blob.renamed"
    /// The blob's name is on the disk: the write is done.
    public static let folderSynchronized = "blob.folder-synchronized"

    /// All steps, in the order of a write of new content.
    public static let all = [
        temporaryWritten, temporarySynchronized, temporaryVerified, fanOutCreated, renamed,
        folderSynchronized,
    ]
}
