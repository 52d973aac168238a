import Foundation
import TestSupport
import Testing

/// A disk that is really full: a small tmpfs in a mount namespace of its own.
@Suite struct FullDiskTests {
    private static let unshare = "/usr/bin/unshare"
    private static let namespace = ["--user", "--map-root-user", "--mount"]

    /// Whether this machine lets its users mount in a namespace.
    private static let canMount: Bool = {
        do {
            let folder = try TemporaryFolder()
            let mount = ["mount", "-t", "tmpfs", "none", folder.path]
            let program = try Program(
                namespace + mount, archive: nil, folder: folder.path, executable: unshare)
            return try program.finish().status == 0
        } catch {
            return false
        }
    }()

    @Test(.enabled(if: canMount, "this machine does not permit mounts in a user namespace"))
    func `on a full disk the daemon says so and waits, gc makes room, and the drop is archived`()
        throws
    {
        let folder = try TemporaryFolder()
        let disk = folder.file("disk")
        try FileManager.default.createDirectory(
            atPath: disk, withIntermediateDirectories: false)
        let script = packageRoot.appending(path: "Tests/Scripts/full-disk.sh").path
        let result = try Program(
            Self.namespace + [script, disk, Program.path], archive: nil, folder: folder.path,
            executable: Self.unshare
        ).finish()
        #expect(result.status == 0, "\(result.errors)")
        let facts = """
            reserve in MiB: 2
            free KiB: 0
            reserve is there: no
            the daemon says: No space left on device
            cubes: 1
            daemon is running: yes
            daemon ends with: 0
            files in ingest: 2
            files in failed: 0
            ingest by hand ends with: 1
            and says: No space left on device
            gc: 1 thing that nothing refers to; 1 deleted (5.72 MiB)
            sound before: yes
            files in ingest: 0
            cubes: 2
            sound after: yes

            """
        #expect(result.output == facts, "\(result.errors)")
    }
}
