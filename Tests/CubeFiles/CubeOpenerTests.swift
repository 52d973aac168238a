import Basics
import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

struct CubeOpenerTests {
    private let folder: TemporaryFolder
    private let header = Array(ENVIFixture.header().utf8)
    private let binary = [UInt8](repeating: 1, count: ENVIFixture.binaryByteCount)

    init() throws { folder = try TemporaryFolder() }

    /// The files of the set that a name leads to, without their folder, or the error's text.
    private func files(of name: String) -> String {
        do {
            let set = try CubeOpener().fileSet(for: folder.file(name))
            let names = set.files.map { "\($0.path)".replacing(folder.path + "/", with: "") }
            return "\(set.format.rawValue) \(set.name): \(names.joined(separator: " "))"
        } catch {
            return "\(error)".replacing(folder.path + "/", with: "")
        }
    }

    @Test(arguments: [
        ("X.hdr", "X", "X"), ("X.hdr", "X.img", "X"), ("X.hdr", "X.dat", "X"),
        ("X.hdr", "X.raw", "X"), ("X.hdr", "X.bsq", "X"), ("X.hdr", "X.bil", "X"),
        ("X.hdr", "X.bip", "X"), ("X.hdr", "X.hyspex", "X"), ("X.HDR", "X.IMG", "X"),
        ("X.HDR", "X.img", "X"), ("X.hdr", "X.HySpex", "X"), ("X.img.hdr", "X.img", "X"),
        ("X.IMG.HDR", "X.IMG", "X"), ("X.img.HDR", "X.IMG", "X"), ("X.bsq.hdr", "X.bsq", "X"),
        ("a.b.c.hdr", "a.b.c", "a.b.c"), ("a.b.c.hdr", "a.b.c.dat", "a.b.c"),
        ("20m_rdn_img.hdr", "20m_rdn_img", "20m_rdn_img"), ("Größe.hdr", "Größe.img", "Größe"),
    ])
    func `header and binary lead to the same pair`(
        headerName: String, binaryName: String, name: String
    ) throws {
        try folder.write(headerName, header)
        try folder.write(binaryName, binary)
        let expected = "envi \(name): \(binaryName) \(headerName)"
        #expect(files(of: headerName) == expected)
        #expect(files(of: binaryName) == expected)
        let opener = CubeOpener()
        let cube = try opener.open(opener.fileSet(for: folder.file(binaryName)))
        #expect(cube.headerBytes == header)
    }

    @Test func `two binaries for one header are ambiguous`() throws {
        for name in ["X.img", "X.bsq"] { try folder.write(name, binary) }
        try folder.write("X.hdr", header)
        let expected =
            "X.hdr belongs with more than one file: X.img, X.bsq; rename or move all but one"
        for name in ["X.hdr", "X.img", "X.bsq"] { #expect(files(of: name) == expected) }
    }

    @Test func `the longer header name settles which binary it is for`() throws {
        for name in ["X.img", "X.bsq"] { try folder.write(name, binary) }
        try folder.write("X.img.hdr", header)
        #expect(files(of: "X.img.hdr") == "envi X: X.img X.img.hdr")
        #expect(files(of: "X.img") == "envi X: X.img X.img.hdr")
        #expect(files(of: "X.bsq").contains("has no ENVI header beside it"))
        try folder.write("X.hdr", header)
        #expect(files(of: "X.bsq") == "envi X: X.bsq X.hdr")
        #expect(files(of: "X.hdr") == "envi X: X.bsq X.hdr")
        #expect(files(of: "X.img") == "envi X: X.img X.img.hdr")
    }

    @Test func `two headers for one binary are ambiguous`() throws {
        for name in ["X.hdr", "X.HDR"] { try folder.write(name, header) }
        try folder.write("X.img", binary)
        #expect(files(of: "X.img").contains("belongs with more than one file: X.HDR, X.hdr"))
    }

    @Test func `other files of the same stem do not get in the way`() throws {
        try folder.write("X.hdr", header)
        try folder.write("X.img", binary)
        for name in ["X.txt", "X.tif", "X.png", "X.hdr.bak", "XX.img", "x.img", "X.img.aux.xml"] {
            try folder.write(name, [1])
        }
        try FileManager.default.createDirectory(
            atPath: folder.file("X"), withIntermediateDirectories: false)
        #expect(files(of: "X.hdr") == "envi X: X.img X.hdr")
        #expect(files(of: "X.tif") == "gdal X: X.tif")
        #expect(files(of: "X") == "X cannot be used: it is a folder")
    }

    @Test func `halves of a pair are told from unknown formats`() throws {
        try folder.write("X.hdr", header)
        try folder.write("Y.raw", binary)
        try folder.write("Z", binary)
        try folder.write("notes.txt", Array("hello".utf8))
        try folder.write("empty.img", [])
        #expect(files(of: "X.hdr").hasPrefix("the header X.hdr has no binary beside it"))
        for name in ["Y.raw", "Z", "empty.img"] {
            #expect(files(of: name).hasPrefix("\(name) has no ENVI header beside it"))
        }
        #expect(files(of: "notes.txt").contains("in no format that Cubevault knows"))
        #expect(files(of: "absent.hdr") == "cannot open absent.hdr: No such file or directory")
    }

    @Test(arguments: [
        ("a.npy", "numpy"), ("a.NPY", "numpy"), ("a.mat", "matlab"), ("a.tif", "gdal"),
        ("a.TIFF", "gdal"), ("a.nc", "gdal"), ("a.h5", "gdal"), ("a.he5", "gdal"),
        ("a.hdf", "gdal"), ("a.lan", "gdal"), ("a.GIS", "gdal"), ("a.jp2", "gdal"),
        ("a.vrt", "gdal"),
    ])
    func `extensions name formats`(name: String, format: String) throws {
        try folder.write(name, [0])
        #expect(files(of: name) == "\(format) a: \(name)")
    }

    @Test(
        arguments: [
            ([0x93] + Array("NUMPY\u{1}".utf8), "numpy"),
            (Array("MATLAB 5.0 MAT-file, Platform".utf8), "matlab"),
            (Array("MATLAB 7.3 MAT-file, Platform".utf8), "matlab"),
            (Array("EHFA_HEADER_TAG\0".utf8), "gdal"), ([0x49, 0x49, 0x2A, 0, 8], "gdal"),
            ([0x4D, 0x4D, 0, 0x2B], "gdal"), ([0x89] + Array("HDF\r\n\u{1A}\n".utf8), "gdal"),
            (Array("CDF\u{1}".utf8), "gdal"), (Array("HEAD74".utf8), "gdal"),
        ] as [([UInt8], String)])
    func `first bytes name formats where no header does`(bytes: [UInt8], format: String) throws {
        for name in ["a.img", "a.xyz", "a"] {
            try folder.write(name, bytes)
            #expect(files(of: name) == "\(format) a: \(name)")
        }
        try folder.write("a.img.hdr", header)
        #expect(files(of: "a.img") == "envi a: a.img a.img.hdr")
    }

    @Test func `a link that is named outright is followed`() throws {
        try folder.write("X.img", binary)
        try folder.write("real", header)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("X.hdr"), withDestinationPath: "real")
        #expect(files(of: "X.img") == "envi X: X.img X.hdr")
        let opener = CubeOpener()
        #expect(
            try opener.open(opener.fileSet(for: folder.file("X.hdr"))).headerBytes == header)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("Y.hdr"), withDestinationPath: "nowhere")
        #expect(files(of: "Y.hdr") == "Y.hdr cannot be used: it is no regular file")
    }

    @Test func `relative paths and trailing slashes are understood`() throws {
        try folder.write("X.img", binary)
        try folder.write("X.hdr", header)
        let doubled = folder.path + "//X.hdr"
        #expect(try CubeOpener().fileSet(for: doubled).primaryPath == folder.path + "//X.img")
        #expect(throws: CubeFilesError.self) { try CubeOpener().fileSet(for: folder.path + "/") }
        #expect(throws: BasicsError.self) { try CubeOpener().fileSet(for: "") }
    }

    @Test func `a truncated binary says what is there and what should be`() throws {
        try folder.write("X.hdr", header)
        let path = try folder.write("X.img", Array(binary.dropLast()))
        let opener = CubeOpener()
        let set = try opener.fileSet(for: path)
        #expect(
            throws: CubeFilesError.binaryTruncated(
                path: path, expectedByteCount: ENVIFixture.binaryByteCount,
                foundByteCount: ENVIFixture.binaryByteCount - 1)
        ) { try opener.open(set) }
    }

    @Test func `bytes after the samples are kept and reported`() throws {
        try folder.write("X.hdr", header)
        let path = try folder.write("X.img", binary + [5, 6, 7])
        let opener = CubeOpener()
        let cube = try opener.open(opener.fileSet(for: path))
        #expect(cube.binaryLayout?.trailingByteCount == 3)
        #expect(try cube.trailingBytes() == [5, 6, 7])
        #expect(try cube.prefixBytes().isEmpty)
        #expect(cube.warnings == ["3 bytes follow the last sample; they are kept"])
    }

    @Test func `more than 16 MiB around the samples leave no layout`() throws {
        let offset = OpenedCube.largestSurroundingByteCount + 1
        try folder.write("X.hdr", Array(ENVIFixture.header(offset: offset).utf8))
        let path = try folder.write("X.img", [])
        #expect(truncate(path, offset + ENVIFixture.binaryByteCount) == 0)
        let opener = CubeOpener()
        let cube = try opener.open(opener.fileSet(for: path))
        #expect(cube.binaryLayout == nil)
        #expect(try cube.prefixBytes().isEmpty)
        #expect(try cube.source.read(lines: 0..<3).bytes.count == ENVIFixture.binaryByteCount)
    }

    @Test func `a variable of a file without variables is refused`() throws {
        try folder.write("X.hdr", header)
        let path = try folder.write("X.img", binary)
        let opener = CubeOpener()
        let set = try opener.fileSet(for: path)
        #expect(throws: CubeFilesError.variableUnknown(path: path, variable: "v")) {
            try opener.open(set, variable: "v")
        }
    }

    @Test func `an unreadable header is named with the reason`() throws {
        let path = folder.file("X.hdr")
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        #expect(throws: BasicsError.self) { try ENVIHeader(readingFrom: path) }
    }
}
