import Cube
import CubeFiles
import Foundation
import Testing

struct ENVIImageTests {
    private func refusal(_ text: String) -> String {
        do {
            _ = try ENVIFixture.image(text)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        (6, "data type 6 means complex samples"), (9, "data type 9 means complex samples"),
        (7, "data type 7 is none of"), (0, "data type 0 is none of"), (16, "data type 16 is none"),
    ])
    func `types that are no samples are refused`(code: Int, reason: String) {
        #expect(refusal(ENVIFixture.header(dataType: code)).contains(reason))
    }

    @Test(arguments: [
        ("ENVI Spectral Library", "spectral library"), ("envi classification", "classification"),
        ("ENVI Virtual Mosaic", "virtual mosaic"), ("ENVI Meta File", "meta file"),
        ("TIFF", "open the file that it describes instead"),
    ])
    func `file types that hold no cube are refused`(type: String, reason: String) {
        let text = ENVIFixture.header().replacing("ENVI Standard", with: type)
        #expect(refusal(text).contains(reason))
    }

    @Test(arguments: ["samples", "lines", "bands", "data type", "interleave"])
    func `a missing key is named`(key: String) {
        let lines = ENVIFixture.header().split(separator: "\n").filter { !$0.hasPrefix(key) }
        #expect(
            refusal(lines.joined(separator: "\n"))
                == "the header test.hdr is incomplete: the key '\(key)' is missing")
    }

    @Test(arguments: [
        (-1, 4, 5), (0, 4, 5), (3, 0, 5), (3, 4, -5), (Int.max, 2, 1),
        (1_000_000_000_000_000_000, 1, 2), (3_037_000_500, 3_037_000_500, 1),
    ])
    func `impossible extents are refused`(lines: Int, samples: Int, bands: Int) {
        let text = ENVIFixture.header(lines: lines, samples: samples, bands: bands)
        #expect(refusal(text).contains("cannot be a cube"))
        #expect(refusal(text).contains("test.hdr"))
    }

    @Test(arguments: ["abc", "1.5", "99999999999999999999", "nan", "0x10", "1e40"])
    func `extents that are no numbers are refused`(text: String) {
        let header = ENVIFixture.header().replacing("samples = 4", with: "samples = \(text)")
        #expect(refusal(header).contains("'samples = \(text)' is not a whole number"))
    }

    @Test func `an offset that no file can have is refused`() {
        #expect(refusal(ENVIFixture.header(offset: Int.max)).contains("header offset"))
        #expect(refusal(ENVIFixture.header(offset: -1)).contains("header offset"))
    }

    @Test func `a key given twice must agree`() throws {
        #expect(refusal(ENVIFixture.header(extra: "bands = 6")).contains("2 different values"))
        #expect(refusal(ENVIFixture.header(extra: "bands = 5")) == "none")
    }

    @Test func `other odd values are refused`() {
        #expect(refusal(ENVIFixture.header(interleave: "bup")).contains("'bup' is none of"))
        #expect(refusal(ENVIFixture.header(byteOrder: 2)).contains("byte order 2"))
        #expect(
            refusal(ENVIFixture.header(extra: "file compression = 2")).contains("compression 2"))
        #expect(
            refusal(ENVIFixture.header(extra: "minor frame offsets = {0, 8}"))
                .contains("bytes lie between the samples"))
    }

    @Test func `interleave is read in any case and not needed for one band`() throws {
        #expect(try ENVIFixture.image(ENVIFixture.header(interleave: "BIP")).interleave == .bip)
        let odd = try ENVIFixture.image(ENVIFixture.header(bands: 1, interleave: "bup"))
        #expect(odd.interleave == .bsq)
        #expect(odd.warnings == ["the interleave 'bup' is unknown; one band has none"])
    }

    @Test(arguments: [
        ("Nanometers", "400, 500, 600, 700, 800.5", 800.5),
        ("nm", "400, 500, 600, 700, 800", 800.0),
        ("Micrometers", "0.4, 0.5, 0.6, 0.7, 2.4244", 2424.4),
        ("um", "0.4, 0.5, 0.6, 0.7, 0.8", 800), ("µm", "0.4, 0.5, 0.6, 0.7, 0.8", 800),
        ("μm", "0.4, 0.5, 0.6, 0.7, 12", 12_000), ("Unknown", "0.4, 0.5, 0.6, 0.7, 0.8", 800),
        ("Unknown", "400, 500, 600, 700, 800", 800), ("Angstroms", "1, 2, 3, 4, 8000", 800),
    ])
    func `wavelengths become nanometres`(unit: String, list: String, last: Double) throws {
        let cube = try ENVIFixture.cube("wavelength units = \(unit)\nwavelength = {\(list)}")
        #expect(cube.wavelengthsNanometers?.last == last)
    }

    @Test func `wavenumbers are left aside with a warning`() throws {
        let image = try ENVIFixture.image(
            ENVIFixture.header(extra: "wavelength units = Wavenumber\nwavelength = {1,2,3,4,5}"))
        #expect(image.description.wavelengthsNanometers == nil)
        #expect(image.warnings == ["wavelengths in 'Wavenumber' are left aside"])
    }

    @Test func `widths, bad bands and names are read`() throws {
        let cube = try ENVIFixture.cube(
            """
            wavelength units = Micrometers
            wavelength = {0.4, 0.5, 0.6, 0.7, 0.8,}
            fwhm = {0.01, 0.01, 0.01, 0.01, 0.02}
            bbl = {1, 1, 0, 1, 1}
            band names = {a, Resize (b, c), d, e, f}
            """)
        #expect(
            cube.bands[4]
                == BandDescription(wavelengthNanometers: 800, fwhmNanometers: 20, name: "f"))
        #expect(cube.bands.map(\.isGood) == [true, true, false, true, true])
        #expect(cube.bands[1].name == "Resize (b, c)")
    }

    @Test func `lists of the wrong length are left aside with a warning`() throws {
        let image = try ENVIFixture.image(
            ENVIFixture.header(
                extra: "wavelength = {1,2}\nfwhm = {1}\nbbl = {0}\nband names = {x}"))
        #expect(image.warnings.count == 4)
        #expect(image.description.bands == Array(repeating: BandDescription(), count: 5))
    }

    @Test func `wavelengths in band names are understood`() throws {
        let cube = try ENVIFixture.cube(
            """
            band names = {
            376.44 Nanometers,
            band 2 (0.424000 Micrometers),
            b (500 nm),
            x (0.6 um),
            700.5 Nanometers}
            """)
        #expect(cube.wavelengthsNanometers == [376.44, 424, 500, 600, 700.5])
        #expect(try ENVIFixture.cube("band names = {1 m, 2, 3, 4, 5}").wavelengthsNanometers == nil)
    }

    @Test func `a data ignore value is the one that samples can have`() throws {
        let text = ENVIFixture.header(dataType: 4, extra: "data ignore value = -3.4028235e+38")
        let lowest = -Double(Float.greatestFiniteMagnitude)
        #expect(try ENVIFixture.image(text).description.nodataValue == lowest)
        let nan = ENVIFixture.header(dataType: 4, extra: "data ignore value = nan")
        #expect(try ENVIFixture.image(nan).description.nodataValue == nil)
    }

    @Test(arguments: [
        ("2009-08-20T09:44:50", 1_250_761_490.0), ("2009-08-20T09:44:50Z", 1_250_761_490),
        ("2009-08-20T11:44:50+02:00", 1_250_761_490), ("2009-08-20 11:44:50+0200", 1_250_761_490),
        ("2009-08-20T09:44:50.5Z", 1_250_761_490.5), ("2009-08-20", 1_250_726_400),
        ("DATE(yyyy-mm-dd): 2009-08-20", 1_250_726_400),
    ])
    func `acquisition times are read`(text: String, seconds: Double) throws {
        let cube = try ENVIFixture.cube("acquisition time = \(text)")
        #expect(cube.acquisitionTime == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: ["yesterday", "2009-13-20", "2009-02-30T00:00:00", "?"])
    func `texts that are no time are none`(text: String) throws {
        #expect(try ENVIFixture.cube("acquisition time = \(text)").acquisitionTime == nil)
    }
}
