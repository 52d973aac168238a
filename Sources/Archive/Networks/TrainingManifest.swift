import Basics
import Catalog
import Cube
import MetaLearning

/// How a base network came to be, kept with it for ever. What came later is optional, for the
/// manifests of earlier programs and of other makers.
struct TrainingManifest: Codable {
    /// One cube that a network was trained on.
    struct TrainingCube: Codable {
        var id: SHA256Digest
        var name: String
        /// SHA-256 of each source file.
        var sourceSHA256: [SHA256Digest]

        init(_ cube: CubeRecord) {
            id = cube.id
            name = cube.name
            sourceSHA256 = cube.sourceFiles.map(\.sha256)
        }
    }

    /// One cube that a network was judged by as its training ended, and had not learned from.
    struct HeldOutCube: Codable {
        var id: SHA256Digest
        var name: String
        var sensor: String?
        /// nil for an exact reconstruction.
        var psnrDecibels: Double?
        var bitsPerSample: Double

        init(_ cube: CubeRecord, _ encoding: NewEncoding) {
            id = cube.id
            name = cube.name
            sensor = cube.description.sensor
            psnrDecibels = encoding.quality.psnrDecibels
            let bitCount = Double(encoding.latent.count) * 8
            bitsPerSample = bitCount / Double(cube.description.geometry.sampleCount)
        }
    }

    /// Cubes, settings and seed; nil for a network that was trained elsewhere.
    var plan: TrainingPlan?
    /// Names of the training cubes, for people.
    var cubeNames: [String]
    /// Outer iterations done.
    var iterationCount: Int
    /// Wall time.
    var seconds: Double
    /// PSNR per training cube as training ended, in the order of `cubeNames`.
    var psnrDecibels: [Double?]
    /// The training cubes and what they were made of, in the order of `cubeNames`.
    var cubes: [TrainingCube]?
    /// What the network made of cubes that it had not learned from, measured over every sample; nil
    /// in manifests of earlier programs and of other makers.
    var heldOut: [HeldOutCube]?
    /// The distinct sensors of the training cubes; nil stands for cubes that name none.
    var sensors: [String?]?
    /// The file that the network came from; nil where it was trained here.
    var importedFrom: String?

    /// The manifest of a finished training.
    init(plan: TrainingPlan, result: TrainingResult, cubes: [CubeRecord]) {
        self.plan = plan
        cubeNames = cubes.map(\.name)
        iterationCount = result.iterationCount
        seconds = result.seconds
        psnrDecibels = result.scenePSNRDecibels
        self.cubes = cubes.map { TrainingCube($0) }
        sensors = Array(Set(cubes.map(\.description.sensor))).sorted { $0 ?? "" < $1 ?? "" }
    }

    /// The manifest of a network of which nothing is known but its file.
    init(importedFrom path: String) {
        plan = nil
        cubeNames = []
        iterationCount = 0
        seconds = 0
        psnrDecibels = []
        importedFrom = path
    }
}

extension TrainingManifest {
    /// Mean PSNR of the held-out cubes; nil where there is none.
    var heldOutPSNRDecibels: Double? { mean((heldOut ?? []).compactMap(\.psnrDecibels)) }

    /// Mean bits per sample of the held-out cubes; nil where there is none.
    var heldOutBitsPerSample: Double? { mean((heldOut ?? []).map(\.bitsPerSample)) }

    /// What the event at the end of the training keeps; empty for a network from elsewhere.
    var figures: [String: Double] {
        guard plan != nil else { return [:] }
        var figures = [
            "cubeCount": Double(cubeNames.count), "iterationCount": Double(iterationCount),
            "seconds": seconds, "heldOutCubeCount": Double(heldOut?.count ?? 0),
        ]
        figures["psnrDecibels"] = mean(psnrDecibels.compactMap(\.self))
        figures["heldOutPSNRDecibels"] = heldOutPSNRDecibels
        figures["heldOutBitsPerSample"] = heldOutBitsPerSample
        return figures
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
