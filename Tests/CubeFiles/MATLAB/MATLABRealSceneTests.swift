import Cube
import CubeFiles
import Dispatch
import Testing
import TestSupport

extension `MATLAB fixtures` {
    @Suite(.enabled(if: RealScenes.areHere, RealScenes.absence))
    struct `MATLAB files as scientists publish them` {
        private func everything(_ cube: MATLABCube) throws -> SampleBlock {
            try cube.read(lines: 0..<cube.description.geometry.lines)
        }

        @Test func `bands x pixels beside nRow and nCol is Jasper Ridge`() throws {
            let path = RealScenes.path("jasper-ridge/jasperRidge2_R198.mat")
            let cube = try MATLABCube(path: path, variable: nil)
            #expect(cube.variable == "Y")
            #expect(cube.description.sampleType == .uint16)
            #expect(
                cube.description.geometry
                    == (try CubeGeometry(lines: 100, samples: 100, bands: 198)))
            let truth = try NumPyScene("jasper_ridge_100x100x198_u16.npy", bands: 198)
            #expect(try everything(cube).doubles() == truth.bandSequential(lines: 100))
        }

        @Test func `Samson times 1402 is its derived array`() throws {
            let cube = try MATLABCube(path: RealScenes.path("samson/samson_1.mat"), variable: nil)
            #expect(cube.description.sampleType == .float64)
            let truth = try NumPyScene("samson_95x95x156_u16.npy", bands: 156)
            let values = try everything(cube).doubles().map { ($0 * 1402).rounded() }
            #expect(values == truth.bandSequential(lines: 95))
        }

        @Test func `version 7_3 Pavia Centre times 6733 is its derived array`() throws {
            let cube = try MATLABCube(
                path: RealScenes.path("pavia-centre/pavia.mat"), variable: nil)
            #expect(cube.variable == "data")
            let truth = try NumPyScene("pavia_centre_rosis_100x100x102_u16.npy", bands: 102)
            let values = try everything(cube).doubles().map { ($0 * 6733).rounded() }
            #expect(values == truth.bandSequential(lines: 100))
        }

        /// Sums and samples as SciPy reads them.
        @Test(arguments: [
            AirborneScene(
                name: "abu-airport-1", bands: 205, sum: 1_380_040_209, sample: 902, type: .uint16),
            AirborneScene(
                name: "abu-airport-2", bands: 205, sum: 1_374_695_454, sample: 838, type: .uint16),
            AirborneScene(
                name: "abu-urban-1", bands: 204, sum: 1_536_695_052, sample: 1837, type: .int16),
        ])
        func `the data array is chosen beside the anomaly map`(_ scene: AirborneScene) throws {
            let cube = try MATLABCube(
                path: RealScenes.path("abu/\(scene.name).mat"), variable: nil)
            #expect(cube.variable == "data")
            #expect(cube.description.sampleType == scene.type)
            #expect(cube.description.geometry.bands == scene.bands)
            let block = try everything(cube)
            #expect(block.doubles().reduce(0, +) == scene.sum)
            #expect(block.plane(ofBandAt: 50)[3 * 100 + 7] == scene.sample)
        }

        @Test func `many threads may open version 7_3 files at once`() throws {
            let path = RealScenes.path("pavia-centre/pavia.mat")
            DispatchQueue.concurrentPerform(iterations: 24) { _ in
                do {
                    let cube = try MATLABCube(path: path, variable: "data")
                    let block = try cube.read(
                        CubeWindow(lines: 0..<1, samples: 0..<1), bandIndices: [0])
                    #expect((block.doubles()[0] * 6733).rounded() == 173)
                } catch {
                    Issue.record(error)
                }
            }
        }

        @Test func `a class map alone is no cube but can be named`() throws {
            let path = RealScenes.path("ground-truth/Indian_pines_gt.mat")
            let candidate = VariableCandidate(
                name: "indian_pines_gt", shape: [145, 145], typeName: "uint8")
            #expect(throws: ContainerError.noCube(path: path, candidates: [candidate])) {
                try MATLABCube(path: path, variable: nil)
            }
            let map = try MATLABCube(path: path, variable: "indian_pines_gt")
            #expect(
                map.description.geometry == (try CubeGeometry(lines: 145, samples: 145, bands: 1)))
        }

        @Test func `a struct is refused with advice`() throws {
            let path = RealScenes.path("jasper-ridge/jasperRidge2_R198.mat")
            let error = #expect(throws: ContainerError.self) {
                try MATLABCube(path: path, variable: "Region")
            }
            #expect(error?.description.contains("save the array inside it") == true)
        }
    }
}

struct AirborneScene: Sendable {
    let name: String
    let bands: Int
    let sum: Double
    let sample: Double
    let type: SampleType
}
