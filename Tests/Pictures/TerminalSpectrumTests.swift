import Pictures
import Testing

@Suite struct TerminalSpectrumTests {
    private let values = (0..<100).map { Double($0) }
    private let wavelengths = (0..<100).map { 400 + Double($0) * 6 }

    @Test(arguments: TerminalSpectrum.Style.allCases)
    func `the drawing has the size that was asked for`(style: TerminalSpectrum.Style) {
        for (columns, rows) in [(72, 12), (24, 4), (133, 30)] {
            let lines = TerminalSpectrum(columnCount: columns, rowCount: rows, style: style)
                .lines(values: values, wavelengthsNanometers: wavelengths)
            #expect(lines.count == rows)
            #expect(lines.allSatisfy { $0.count <= columns })
        }
    }

    @Test func `the axes name the lowest and highest value and wavelength`() throws {
        let lines = TerminalSpectrum().lines(
            values: values.map { $0 + 100 }, wavelengthsNanometers: wavelengths)
        #expect(lines[0].hasPrefix("199 ┤"))
        #expect(lines[9].hasPrefix("100 ┤"))
        let axis = try #require(lines.last)
        #expect(axis.contains("400 nm"))
        #expect(axis.contains("697"))
        #expect(axis.hasSuffix("994 nm"))
    }

    @Test func `without wavelengths the bands are counted`() throws {
        let axis = try #require(TerminalSpectrum().lines(values: values).last)
        #expect(axis.contains("0"))
        #expect(axis.hasSuffix("99"))
        #expect(!axis.contains("nm"))
    }

    @Test func `a rising spectrum rises, whatever the order of its bands`() throws {
        let spectrum = TerminalSpectrum(columnCount: 60, rowCount: 12, style: .plain)
        let lines = spectrum.lines(values: values, wavelengthsNanometers: wavelengths)
        let shuffled = spectrum.lines(
            values: values.reversed(), wavelengthsNanometers: wavelengths.reversed())
        #expect(lines == shuffled)
        let firstDots = try lines[..<10].map { line in
            try #require(line.firstIndex(of: "*")).utf16Offset(in: line)
        }
        #expect(zip(firstDots, firstDots.dropFirst()).allSatisfy(>))
    }

    @Test func `Braille dots fill every column of a line`() {
        let lines = TerminalSpectrum(columnCount: 40, rowCount: 6).lines(
            values: [1, 1, 1], wavelengthsNanometers: [400, 500, 600])
        let drawn = lines.joined().unicodeScalars.filter {
            (0x2801...0x28FF).contains($0.value)
        }
        // 40 columns less "1.00 ┤".
        #expect(drawn.count == 34)
    }

    @Test func `plain drawings are ASCII`() {
        let lines = TerminalSpectrum(style: .plain).lines(values: values)
        #expect(lines.joined().allSatisfy { $0.isASCII })
    }

    @Test func `gaps stay open and nothing to draw is said`() {
        let holes = values.map { (40..<60).contains($0) ? .nan : 50.0 }
        let line = TerminalSpectrum(columnCount: 60, rowCount: 5, style: .plain)
            .lines(values: holes).first { $0.contains("*") }
        #expect(line?.contains("*     ") == true)
        let none = TerminalSpectrum(rowCount: 6).lines(values: [.nan, .infinity])
        #expect(none.count == 6)
        #expect(none[0] == "no values to draw")
    }
}
