import Basics
import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct DropAssessorTests {
    private let folder: TemporaryFolder
    private let header = Array(ENVIFixture.header().utf8)
    private let binary = [UInt8](repeating: 1, count: ENVIFixture.binaryByteCount)

    init() throws { folder = try TemporaryFolder() }

    /// The state in one line, without the folder's path.
    private func state(of name: String) -> String {
        switch DropAssessor().assess(folder.file(name)) {
        case .complete(let set): "complete \(set.name)"
        case .waiting(let reason): "waiting: \(reason)".replacing(folder.path + "/", with: "")
        case .ignored(let reason): "ignored: \(reason)".replacing(folder.path + "/", with: "")
        case .refused(let reason): "refused: \(reason)".replacing(folder.path + "/", with: "")
        }
    }

    @Test func `a pair is complete when its last byte is there, in either order`() throws {
        try folder.write("X.img", Array(binary.dropLast()))
        #expect(state(of: "X.img").hasPrefix("waiting: X.img has no ENVI header beside it"))
        try folder.write("X.hdr", header)
        let truncated = "waiting: X.img is truncated: its header promises 120 bytes, 119 are there"
        #expect(state(of: "X.img") == truncated)
        #expect(state(of: "X.hdr") == truncated)
        try folder.write("X.img", binary)
        #expect(state(of: "X.img") == "complete X")
        #expect(state(of: "X.hdr") == "complete X")
        try folder.write("X.img", binary + [0])
        #expect(state(of: "X.hdr") == "complete X")
        try folder.write("Y.hdr", header)
        #expect(state(of: "Y.hdr").hasPrefix("waiting: the header Y.hdr has no binary beside it"))
    }

    @Test func `a header that is still being written waits`() throws {
        try folder.write("X.img", binary)
        for end in 0..<header.count {
            try folder.write("X.hdr", Array(header.prefix(end)))
            let state = state(of: "X.img")
            #expect(
                state.hasPrefix("waiting: ") || state == "complete X", "\(end) bytes: \(state)")
        }
        try folder.write("X.hdr", header)
        #expect(state(of: "X.img") == "complete X")
    }

    @Test func `a header that can never be a cube is refused without its binary`() throws {
        try folder.write("X.hdr", Array(ENVIFixture.header(dataType: 6).utf8))
        #expect(state(of: "X.hdr").hasPrefix("refused: X.hdr is not an image cube: data type 6"))
        try folder.write("Y.hdr", Array("BYTEORDER I\n".utf8))
        #expect(state(of: "Y.hdr").hasPrefix("refused: the header of Y.hdr is wrong"))
        try folder.write("Y.img", binary)
        #expect(state(of: "Y.img").hasPrefix("refused: the header of Y.hdr is wrong"))
    }

    @Test(arguments: [
        ".X.img", "X.img.part", "X.img.PART", "X.partial", "X.hdr.filepart", "X.img.tmp", ".hdr",
    ])
    func `files that another program is writing are ignored`(name: String) throws {
        try folder.write(name, header)
        #expect(state(of: name).hasPrefix("ignored: "))
    }

    @Test func `folders, strangers and vanished files are ignored`() throws {
        try FileManager.default.createDirectory(
            atPath: folder.file("X.img"), withIntermediateDirectories: false)
        try folder.write("notes.txt", [65])
        #expect(state(of: "X.img") == "ignored: it is a folder")
        #expect(state(of: "notes.txt").hasPrefix("ignored: notes.txt is in no format"))
        #expect(state(of: "gone.img") == "ignored: it is no longer there")
        #expect(mkfifo(folder.file("pipe.img"), 0o600) == 0)
        #expect(state(of: "pipe.img") == "ignored: it is no regular file")
    }

    @Test(arguments: ["X.hdr", "X.img.hdr", "X.HDR"])
    func `a folder where the header should be is refused`(name: String) throws {
        try folder.write("X.img", binary)
        try FileManager.default.createDirectory(
            atPath: folder.file(name), withIntermediateDirectories: false)
        #expect(state(of: "X.img") == "refused: \(name) cannot be used: a header must be a file")
        #expect(state(of: name) == "ignored: it is a folder")
    }

    @Test func `symbolic links are refused, as either half`() throws {
        try folder.write("elsewhere", header)
        try folder.write("X.img", binary)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("X.hdr"), withDestinationPath: "elsewhere")
        let reason =
            "refused: X.hdr is a symbolic link; put the file itself into the folder"
        #expect(state(of: "X.hdr") == reason)
        #expect(state(of: "X.img") == reason)
    }

    @Test func `ambiguous pairs are refused`() throws {
        for name in ["X.img", "X.dat"] { try folder.write(name, binary) }
        try folder.write("X.hdr", header)
        #expect(state(of: "X.hdr").contains("refused: X.hdr belongs with more than one file"))
    }

    @Test func `NumPy files are complete by size, containers when not empty`() throws {
        let cube = try MemoryCubeFixture.small()
        let writer = try NumPyWriter(creating: folder.file("a.npy"), description: cube.description)
        try writer.write(cube.block)
        try writer.finish()
        #expect(state(of: "a.npy") == "complete a")
        let bytes = Array(try Data(contentsOf: URL(filePath: folder.file("a.npy"))))
        for count in [0, 5, 9, 40, bytes.count - 1] {
            try folder.write("b.npy", Array(bytes.prefix(count)))
            #expect(state(of: "b.npy").hasPrefix("waiting: "), "\(count) bytes")
        }
        try folder.write("b.npy", Array("<html></html>".utf8))
        #expect(state(of: "b.npy").hasPrefix("refused: "))
        try folder.write("c.tif", [])
        #expect(state(of: "c.tif") == "waiting: c.tif is empty")
        try folder.write("c.tif", [0x49, 0x49, 0x2A, 0])
        #expect(state(of: "c.tif") == "complete c")
    }

    @Test func `a compressed binary is complete when its stream has ended`() throws {
        let text = ENVIFixture.header(extra: "file compression = 1")
        try folder.write("X.hdr", Array(text.utf8))
        let compressed = try Gzip.compress(binary)
        for count in [0, 1, 10, compressed.count - 1] {
            try folder.write("X.img", Array(compressed.prefix(count)))
            #expect(state(of: "X.img").hasPrefix("waiting: "), "\(count) bytes")
        }
        try folder.write("X.img", compressed)
        #expect(state(of: "X.img") == "complete X")
        try folder.write("X.img", try Gzip.compress(binary + [1, 2, 3]))
        #expect(state(of: "X.img") == "complete X")
        try folder.write("X.img", try Gzip.compress(Array(binary.dropLast())))
        #expect(state(of: "X.img").contains("promises 120 bytes, 119 are there"))
    }

    @Test func `a whole folder is assessed at once, names that are not UTF-8 included`() throws {
        try folder.write("X.img", binary)
        try folder.write("X.hdr", header)
        try folder.write("Y.hdr", header)
        let odd = Array(folder.path.utf8) + [0x2F, 0x46, 0xFC, 0x2E, 0x68, 0x64, 0x72, 0]
        let descriptor = odd.withUnsafeBytes {
            open($0.assumingMemoryBound(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o600)
        }
        try #require(descriptor >= 0)
        close(descriptor)
        let states = try DropAssessor().assessEntries(ofFolder: folder.path)
        #expect(states.count == 4)
        #expect(states[folder.file("X.img")] == states[folder.file("X.hdr")])
        #expect(
            states[folder.file("F\u{FFFD}.hdr")]
                == .refused("its name is not UTF-8 text; rename the file"))
        unlink(String(decoding: odd.dropLast(), as: UTF8.self))
    }
}
