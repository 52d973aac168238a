import CubeFiles
import TestSupport
import Testing

struct ENVIHeaderTests {
    private func header(_ text: String) throws -> ENVIHeader {
        try ENVIHeader(parsing: Array(text.utf8), path: "h.hdr")
    }

    @Test func `entries keep their order, unknown keys and repeats included`() throws {
        let header = try header("ENVI\nZebra = 1\nbands=2\napple = {a}\nZebra = 3\n")
        #expect(header.entries.map(\.key) == ["Zebra", "bands", "apple", "Zebra"])
        #expect(header.entries.map(\.value) == ["1", "2", "a", "3"])
        #expect(header.entries.map(\.isBraced) == [false, false, true, false])
        #expect(header.value(of: "zebra") == "1")
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `lines end as they like`(lineEnd: String) throws {
        let text = ["ENVI", "samples =50", "list = { 1,", " 2,", "3 }", "lines= 7", ""]
        let header = try header(text.joined(separator: lineEnd))
        #expect(header.value(of: "samples") == "50")
        #expect(header.list(of: "list") == ["1", "2", "3"])
        #expect(header.value(of: "lines") == "7")
        #expect(header.entries.count == 3)
    }

    @Test func `keys match without case, spaces and underscores`() throws {
        let header = try header("ENVI\nheaderOffset = 3\nWavelength_Units = nm\n")
        #expect(header.value(of: "header offset") == "3")
        #expect(header.value(of: "wavelength units") == "nm")
    }

    @Test func `comments are left out, also inside braces`() throws {
        let header = try header(
            "ENVI\n; bands = 9\n  ;x = {\nwavelength = {1,\n; 2,\n3}\nbands = 2\n")
        #expect(header.entries.map(\.key) == ["wavelength", "bands"])
        #expect(header.list(of: "wavelength") == ["1", "3"])
    }

    @Test func `braces within braces belong to the value`() throws {
        let header = try header("ENVI\ndescription = {{Linearity} File}\nbands = 1\n")
        #expect(header.value(of: "description") == "{Linearity} File")
        #expect(header.value(of: "bands") == "1")
    }

    @Test func `an opening brace too many does not swallow the header`() throws {
        let header = try header("ENVI\ndescription = {a { b}\nbands = 1\n")
        #expect(header.value(of: "description") == "a { b")
        #expect(header.value(of: "bands") == "1")
    }

    @Test func `a brace that is never closed makes the header incomplete`() {
        #expect(
            throws: CubeFilesError.headerIncomplete(
                path: "h.hdr", reason: "the brace after 'wavelength =' is never closed")
        ) { try header("ENVI\nbands = 2\nwavelength = {1, 2") }
    }

    @Test func `a byte order mark is stepped over`() throws {
        #expect(try header("\u{FEFF}ENVI\nbands = 2\n").value(of: "bands") == "2")
    }

    @Test func `text that is not UTF-8 is read as Latin-1`() throws {
        let bytes = Array("ENVI\nsensor type = M".utf8) + [0xFC] + Array("nchen\n".utf8)
        let header = try ENVIHeader(parsing: bytes, path: "h.hdr")
        #expect(header.value(of: "sensor type") == "München")
        #expect(header.bytes == bytes)
    }

    @Test(arguments: ["", "E", "ENV"])
    func `the beginning of a header is incomplete, not wrong`(text: String) {
        #expect(
            throws: CubeFilesError.headerIncomplete(
                path: "h.hdr", reason: "it has \(text.utf8.count) bytes")
        ) { try header(text) }
    }

    @Test(arguments: ["BYTEORDER I\nLAYOUT BIL\n", "\0\0\u{1}\\", " ENVI\n", "envi\n"])
    func `other formats' headers are no ENVI headers`(text: String) {
        #expect(
            throws: CubeFilesError.headerInvalid(
                path: "h.hdr", reason: "its first line is not 'ENVI', so it is no ENVI header")
        ) { try header(text) }
    }

    @Test func `a file too large for a header is not read`() throws {
        let folder = try TemporaryFolder()
        let size = ENVIHeader.largestByteCount + 1
        let path = try folder.write("x.hdr", [UInt8](repeating: 0x20, count: size))
        #expect(
            throws: CubeFilesError.headerInvalid(
                path: path, reason: "\(size) bytes are too many for an ENVI header")
        ) { try ENVIHeader(readingFrom: path) }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a megabyte of unbalanced braces is parsed in linear time`() throws {
        let text = "ENVI\n" + String(repeating: "a={{b}\n", count: 150_000)
        #expect(try header(text).entries.count == 150_000)
    }
}
