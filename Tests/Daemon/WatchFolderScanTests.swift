import Daemon
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct WatchFolderScanTests {
    @Test func `a scan finds files at any depth and passes over dot files`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.file("a/b"), withIntermediateDirectories: true)
        for name in ["x.npy", "a/y.npy", "a/b/z.npy", ".hidden", "a/.part"] {
            try folder.write(name, [1])
        }
        let listing = try WatchFolderScan(of: folder.path)
        #expect(
            Set(listing.files.map(\.path))
                == Set(["x.npy", "a/y.npy", "a/b/z.npy"].map(folder.file)))
        #expect(listing.folders.count == 3)
    }

    @Test func `a name that is not UTF-8 is reported and does not hide the others`() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.npy", [1])
        let name: [UInt8] = Array((folder.path + "/bad-").utf8) + [0xFF, 0xFE, 0]
        let descriptor = name.withUnsafeBufferPointer { pointer in
            pointer.withMemoryRebound(to: CChar.self) {
                open($0.baseAddress!, O_CREAT | O_RDWR, 0o644)
            }
        }
        try #require(descriptor >= 0)
        close(descriptor)
        let listing = try WatchFolderScan(of: folder.path)
        #expect(listing.files.map(\.path) == [folder.file("good.npy")])
        #expect(listing.unusableNames.count == 1)
    }

    @Test func `a folder that is gone is an error, not an empty listing`() throws {
        #expect(throws: (any Error).self) { try WatchFolderScan(of: "/nonexistent/ingest") }
    }
}
