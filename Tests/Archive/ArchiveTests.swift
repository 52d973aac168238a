import Archive
import Basics
import Foundation
import TestSupport
import Testing

@Suite struct ArchiveTests {
    @Test func `a folder without a marker is refused, so an unmounted disk is no empty archive`()
        throws
    {
        let folder = try TemporaryFolder()
        #expect(throws: ArchiveError.noArchive(folder: folder.path)) {
            try Archive(opening: folder.path)
        }
        #expect(throws: ArchiveError.noArchive(folder: folder.path)) {
            try ArchiveWriter(opening: folder.path)
        }
    }

    @Test func `an archive is only made in a new or empty folder`() throws {
        let folder = try TemporaryFolder()
        try folder.write("precious.txt", [1])
        #expect(throws: ArchiveError.folderNotEmpty(folder: folder.path)) {
            try Archive.create(at: folder.path)
        }
    }

    @Test func `a second writer is refused and told who the first is`() throws {
        let fixture = try ArchiveFixture()
        let first = try fixture.writer()
        #expect {
            try fixture.writer()
        } throws: { error in
            guard case ArchiveError.writerBusy(_, let holder) = error else { return false }
            return holder.contains("process \(ProcessInfo.processInfo.processIdentifier)")
        }
        _ = first
    }

    @Test func `a marker of a newer program is refused`() throws {
        let fixture = try ArchiveFixture()
        let path = fixture.path + "/CUBEVAULT"
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let newer = text.replacingOccurrences(
            of: "\"formatVersion\" : 1", with: "\"formatVersion\" : 99")
        try Data(newer.utf8).write(to: URL(filePath: path))
        #expect {
            try Archive(opening: fixture.path)
        } throws: { error in
            if case ArchiveError.unreadableMarker = error { true } else { false }
        }
    }
}
