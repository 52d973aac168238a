import Basics
import Foundation
import Pictures
import TestSupport
import Testing

@Suite struct PictureTests {
    @Test func `a picture survives PNG, in memory and in a file`() throws {
        var picture = Picture(width: 5, height: 3, color: .white)
        picture[0, 0] = PictureColor(red: 1, green: 2, blue: 3)
        picture[4, 2] = PictureColor(red: 250, green: 100, blue: 50, alpha: 128)
        picture[2, 1] = .missing
        let decoded = try DecodedPNG(try picture.png())
        #expect(decoded.width == 5)
        #expect(decoded.height == 3)
        #expect(decoded.bytes == picture.bytes)
        let folder = try TemporaryFolder()
        try picture.write(to: folder.file("a.png"))
        let file = Array(try Data(contentsOf: URL(filePath: folder.file("a.png"))))
        #expect(try DecodedPNG(file).bytes == picture.bytes)
    }

    @Test func `a picture that cannot be written names its path`() throws {
        let picture = Picture(width: 1, height: 1, color: .white)
        let folder = try TemporaryFolder()
        let path = folder.file("missing/a.png")
        let error = try #require(throws: PicturesError.self) { try picture.write(to: path) }
        #expect(error.description.contains(path))
        #expect(error.exitStatus == .failed)
    }

    @Test func `a pasted picture lands where it should`() {
        var picture = Picture(width: 4, height: 4, color: .white)
        let dot = PictureColor(red: 9, green: 8, blue: 7)
        picture.paste(Picture(width: 2, height: 1, color: dot), column: 1, row: 3)
        #expect(picture[1, 3] == dot)
        #expect(picture[2, 3] == dot)
        #expect(picture[0, 3] == .white)
        #expect(picture[1, 2] == .white)
    }
}
