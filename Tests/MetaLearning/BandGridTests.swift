import Cube
import MetaLearning
import NeuralField
import Testing

@Suite struct BandGridTests {
    private func description(_ wavelengths: [Double?]) throws -> CubeDescription {
        CubeDescription(
            geometry: try CubeGeometry(lines: 1, samples: 1, bands: wavelengths.count),
            sampleType: .uint8,
            bands: wavelengths.map { BandDescription(wavelengthNanometers: $0) })
    }

    @Test func `a grid is the sorted union of wavelengths with near ones merged`() throws {
        let grid = BandGrid.covering(
            [try description([500, 400, 600]), try description([401.5, 450, 600.2])],
            mergeNanometers: 1)
        #expect(grid.wavelengthNanometers == [400, 401.5, 450, 500, 600])
    }

    @Test func `every band of a training cube matches its own grid`() throws {
        // Real headers have overlapping detectors, duplicates and descending order.
        let cubes = [
            try description([400, 410, 420, 415, 425]), try description([500, 500, 499.5, 501]),
            try description([700, 690, 680]), try description([0, 0, 0, 0]),
            try description([Double.nan, nil, -5]), try description([412]),
        ]
        for merge in [0, 0.5, 10, 1000] {
            let grid = BandGrid.covering(cubes, mergeNanometers: merge)
            for cube in cubes {
                let mapping = BandMapping(of: cube, onto: grid)
                #expect(!mapping.terms.contains { $0 == nil }, "merge \(merge)")
            }
        }
    }

    @Test func `cubes without wavelengths map by index`() throws {
        let grid = BandGrid.covering(
            [try description([400, 500]), try description([nil, nil, nil])], mergeNanometers: 1)
        #expect(grid.wavelengthNanometers == [400, 500, nil])
        let zeros = BandMapping(of: try description([0, 0, 0, 0]), onto: grid)
        #expect(zeros.terms.map { $0?.first?.outputIndex } == [0, 1, 2, nil])
    }

    @Test func `a band between outputs is interpolated and one beyond them is left out`() throws {
        let grid = BandGrid(wavelengthNanometers: [500, 400, nil], mergeNanometers: 2)
        let mapping = BandMapping(
            of: try description([400, 425, 500, 501.9, 399, 390, 503]), onto: grid)
        #expect(mapping.terms[0]?.map(\.outputIndex) == [1])
        #expect(mapping.terms[0]?.map(\.weight) == [1])
        #expect(mapping.terms[1]?.map(\.outputIndex) == [1, 0])
        #expect(mapping.terms[1]?.map(\.weight) == [0.75, 0.25])
        #expect(mapping.terms[2]?.map(\.outputIndex) == [0])
        #expect(mapping.terms[3]?.map(\.outputIndex) == [0])
        #expect(mapping.terms[4]?.map(\.outputIndex) == [1])
        #expect(mapping.terms[5] == nil)
        #expect(mapping.terms[6] == nil)
    }

    @Test func `a partly known cube leaves its unknown bands out`() throws {
        let grid = BandGrid(wavelengthNanometers: [400, 500], mergeNanometers: 1)
        let mapping = BandMapping(of: try description([400, nil, 450]), onto: grid)
        #expect(mapping.terms.map { $0?.count } == [1, nil, 2])
    }

    @Test func `outputs of an earlier network keep their place`() throws {
        let earlier = BandGrid(wavelengthNanometers: [700, 400, nil], mergeNanometers: 1)
        let grid = BandGrid.covering(
            [try description([400.5, 550, 800])], mergeNanometers: 1, extending: earlier)
        #expect(grid.wavelengthNanometers == [700, 400, nil, 550, 800])
    }
}
