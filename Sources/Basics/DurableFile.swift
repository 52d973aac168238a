import Foundation

/// Writing small files so that a crash leaves either the old content or the new.
public enum DurableFile {
    /// Writes `bytes` beside the target, syncs, renames over it and syncs the folder.
    ///
    /// - Throws: ``BasicsError``; a failed fsync must end the process.
    public static func write(
        _ bytes: [UInt8], to path: String, operations: FileOperations = .real
    ) throws {
        let temporary = path + ".part"
        let file = try RandomAccessFile(creating: temporary)
        try bytes.withUnsafeBytes { try file.write($0, at: 0) }
        try operations.synchronizeFile(file)
        try operations.rename(temporary, path)
        let folder = (path as NSString).deletingLastPathComponent
        try operations.synchronizeFolder(folder.isEmpty ? "." : folder)
    }
}
