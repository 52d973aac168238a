import Basics
import Cube
import Pictures
import Testing

@Suite struct QuicklookTests {
    private func bands(_ wavelengths: [Double?], bad: Set<Int> = []) -> [BandDescription] {
        wavelengths.enumerated().map {
            BandDescription(wavelengthNanometers: $1, isGood: !bad.contains($0))
        }
    }

    private func natural(_ bands: [BandDescription]) throws -> [Int] {
        let geometry = try CubeGeometry(lines: 1, samples: 1, bands: bands.count)
        return Quicklook.naturalColorBands(
            of: CubeDescription(geometry: geometry, sampleType: .uint8, bands: bands))
    }

    @Test func `red green and blue are the good bands nearest to 640, 550 and 460 nm`() throws {
        let grid: [Double?] = [400, 450, 465, 540, 555, 630, 638, 700]
        #expect(try natural(bands(grid)) == [6, 4, 2])
        #expect(try natural(bands(grid, bad: [6, 2])) == [5, 4, 1])
    }

    @Test func `a cube that cannot see colours shows three spread bands`() throws {
        let unknown = [Double?](repeating: nil, count: 12)
        #expect(try natural(bands(unknown)) == [10, 6, 2])
        #expect(try natural(bands((0..<12).map { 1000 + Double($0) * 100 })) == [10, 6, 2])
        // The longest wavelength is red whatever the order of the bands.
        #expect(try natural(bands((0..<12).map { 2200 - Double($0) * 100 })) == [1, 5, 9])
        #expect(try natural(bands([nil])) == [0, 0, 0])
        #expect(try natural(bands([nil], bad: [0])) == [0, 0, 0])
    }

    @Test func `each channel is stretched from dark to bright over its own range`() throws {
        let cube = try MemoryCube.computed(
            lines: 10, samples: 10, bands: bands([640, 550, 460])
        ) { line, sample, band in
            Float((band + 1) * 1000 + (band == 2 ? 99 - line * 10 - sample : line * 10 + sample))
        }
        let picture = try Quicklook(of: cube.description).picture(of: cube)
        #expect(picture.width == 10)
        #expect(picture.height == 10)
        #expect(picture[0, 0] == PictureColor(red: 0, green: 0, blue: 255))
        #expect(picture[9, 9] == PictureColor(red: 255, green: 255, blue: 0))
        let middle = picture[5, 5]
        #expect(middle.red == middle.green)
        #expect((150...190).contains(middle.red))
        let reds = (0..<10).map { picture[$0, 4].red }
        #expect(zip(reds, reds.dropFirst()).allSatisfy(<))
    }

    @Test func `outliers do not spoil the contrast`() throws {
        let cube = try MemoryCube.computed(
            lines: 20, samples: 20, bands: bands([640, 550, 460])
        ) { line, sample, _ in line == 0 && sample == 0 ? 60_000 : Float(sample) }
        let picture = try Quicklook(of: cube.description).picture(of: cube)
        #expect(picture[19, 10].red == 255)
        #expect(picture[0, 10].red == 0)
    }

    @Test func `missing samples are transparent and take no part in the stretch`() throws {
        let cube = try MemoryCube.computed(
            lines: 8, samples: 8, bands: bands([640, 550, 460]), nodataValue: 65_535
        ) { line, sample, _ in line < 2 ? 65_535 : Float(sample) }
        let picture = try Quicklook(of: cube.description).picture(of: cube)
        #expect(picture[3, 0] == .missing)
        #expect(picture[7, 5] == PictureColor(red: 255, green: 255, blue: 255))
        #expect(picture[0, 5] == PictureColor(red: 0, green: 0, blue: 0))
    }

    @Test func `a large cube is averaged down, also where the factor does not divide it`() throws {
        let cube = try MemoryCube.computed(
            lines: 25, samples: 50, bands: bands([640, 550, 460])
        ) { line, sample, _ in Float((sample / 10) * 100 + (sample + line) % 2 * 20) }
        let picture = try Quicklook(of: cube.description, maximumSideLength: 6).picture(of: cube)
        #expect(picture.width == 6)
        #expect(picture.height == 3)
        let reds = (0..<5).map { picture[$0, 0].red }
        #expect(reds == reds.sorted())
        #expect(picture[0, 0].red == 0)
    }

    @Test func `a long cube is streamed in small blocks`() throws {
        let cube = try RecordingCube(lines: 4_000, samples: 1_500, bands: 3)
        let picture = try Quicklook(of: cube.description, maximumSideLength: 100).picture(of: cube)
        #expect(picture.height == 100)
        // 16 MiB are 1,864 lines of three bands of 1,500 two-byte samples.
        #expect(cube.largestLineCount < 1_865)
        #expect(cube.largestLineCount >= 40)
    }

    @Test func `a pair shares the original's stretch`() throws {
        let original = try MemoryCube.computed(
            lines: 6, samples: 6, bands: bands([640, 550, 460])
        ) { _, sample, _ in Float(sample * 100) }
        let darker = try MemoryCube.computed(
            lines: 6, samples: 6, bands: bands([640, 550, 460])
        ) { _, sample, _ in Float(sample * 50) }
        let pair = try Quicklook(of: original.description)
            .pair(original: original, reconstruction: darker)
        #expect(pair.height == 6)
        #expect(pair.width == 16)
        #expect(pair[5, 0].red == 255)
        #expect(pair[7, 0] == .white)
        #expect(pair[15, 0].red < 200)
        let other = try MemoryCube.computed(
            lines: 5, samples: 6, bands: bands([640, 550, 460])
        ) { _, _, _ in 1 }
        #expect(throws: PicturesError.self) {
            try Quicklook(of: original.description)
                .pair(original: original, reconstruction: other)
        }
    }

    @Test func `chosen bands are used and unknown ones refused`() throws {
        let cube = try MemoryCube.computed(
            lines: 4, samples: 4, bands: bands([640, 550, 460, 900])
        ) { _, sample, band in band == 3 ? Float(sample) : 7 }
        let picture = try Quicklook(of: cube.description, bandIndices: [3, 0, 0]).picture(of: cube)
        #expect(picture[3, 0] == PictureColor(red: 255, green: 128, blue: 128))
        let error = try #require(throws: PicturesError.self) {
            try Quicklook(of: cube.description, bandIndices: [4, 0, 0])
        }
        #expect(error.exitStatus == .usage)
    }

    @Test func `a stop ends the drawing`() throws {
        let cube = try MemoryCube.computed(lines: 4, samples: 4, bands: bands([640, 550, 460])) {
            _, _, _ in 1
        }
        let stop = StopToken()
        stop.request()
        #expect(throws: BasicsError.stopped) {
            try Quicklook(of: cube.description).picture(of: cube, stop: stop)
        }
    }
}
