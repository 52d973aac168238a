import ContainerFormats
import Foundation
import Testing

@Suite struct `Conventions of container files` {
    @Test(arguments: [
        (["Band 12 (549.3 nm)", "Band 13 (559 nm)"], [549.3, 559]),
        (["band 1 (418.24 Nanometers)"], [418.24]),
        (["Resize (Band 3:M3G.IMG) (540.840027)"], [540.840027]),
        (["0.55 \u{B5}m", "2.5 um"], [550, 2500]),
        (["0.55", "2.5"], [550, 2500]),
        (["560 nm (10 nm wide filter) 560.5 nm"], [560.5]),
    ])
    func `wavelengths are found in the names of bands`(
        _ names: [String], _ nanometers: [Double]
    ) throws {
        let found = try #require(BandText.wavelengthsNanometers(names))
        #expect(zip(found, nanometers).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(found.count == nanometers.count)
    }

    @Test(arguments: [
        [], ["Band 1", "Band 2"], ["1", "2", "3"], ["550 nm", "Band 2"], ["(0.001)"],
        ["Cloud flag", "Cirrus flag"], ["3 number of things"],
    ])
    func `other names give none`(_ names: [String]) {
        #expect(BandText.wavelengthsNanometers(names) == nil)
    }

    @Test func `units are stated or evident`() {
        #expect(WavelengthUnit.nanometers([0.4, 2.5], unitName: "Micrometers") == [400, 2500])
        #expect(WavelengthUnit.nanometers([0.4, 2.5], unitName: nil) == [400, 2500])
        #expect(WavelengthUnit.nanometers([400, 2500], unitName: "") == [400, 2500])
        #expect(WavelengthUnit.nanometers([4_000, 25_000], unitName: "cm-1") == nil)
        #expect(WavelengthUnit.nanometers([1, 2, 300], unitName: nil) == nil)
        #expect(WavelengthUnit.nanometers([.nan], unitName: "nm") == nil)
        #expect(WavelengthUnit.nanometers([-1], unitName: "nm") == nil)
    }

    @Test(arguments: [
        ("2022-07-24T10:45:26", 1_658_659_526.0), ("2022-08-27T06:07:53+0000", 1_661_580_473),
        ("2022-08-27 08:07:53.5+02:00", 1_661_580_473.5), ("20220827T060753Z", 1_661_580_473),
        ("2022-08-27T06:07Z", 1_661_580_420),
    ])
    func `moments are read`(_ text: String, _ seconds: Double) {
        #expect(TimestampText.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: ["", "2022-08-27", "yesterday", "2022-13-27T06:07:53", "2022-02-30T00:00:00"])
    func `what is no moment is not guessed`(_ text: String) {
        #expect(TimestampText.date(text) == nil)
    }

    @Test func `a moment's text is read back`() {
        let moment = Date(timeIntervalSince1970: 1_661_580_473)
        #expect(TimestampText.text(moment) == "2022-08-27T06:07:53Z")
        #expect(TimestampText.date(TimestampText.text(moment)) == moment)
    }

    @Test(arguments: [
        (["downtrack", "crosstrack", "bands"], [200, 100, 8], [0, 1, 2]),
        (["band", "y", "x"], [8, 100, 200], [1, 2, 0]),
        (["time_band", "lon", "lat"], [8, 100, 200], [2, 1, 0]),
        (["y", "dim1", "x"], [1000, 66, 1000], [0, 2, 1]),
        (["", "", ""], [512, 614, 224], [0, 1, 2]),
        (["", "", ""], [10, 512, 614], [1, 2, 0]),
        (["wavelength", "row", "col"], [3, 4, 5], [1, 2, 0]),
        (["phony_dim_0", "phony_dim_1", "phony_dim_2"], [100, 224, 90], [0, 2, 1]),
    ])
    func `axes are told apart`(_ names: [String], _ lengths: [Int], _ roles: [Int]) throws {
        let order = try #require(
            AxisOrder(names: names, lengths: lengths, wavelengthCounts: [224]))
        #expect([order.lines, order.samples, order.bands] == roles)
    }

    @Test func `two axes are an image`() throws {
        let turned = try #require(
            AxisOrder(names: ["lon", "lat"], lengths: [3, 4], wavelengthCounts: []))
        #expect(turned.lines == 1 && turned.samples == 0 && turned.bands == nil)
        #expect(AxisOrder(names: ["a"], lengths: [3], wavelengthCounts: []) == nil)
        #expect(AxisOrder(names: ["a", "b"], lengths: [3], wavelengthCounts: []) == nil)
    }
}
