import Basics
import NeuralField

/// A small network with one image's pixels, all from one seed.
struct FieldFixture {
    let parameters: FieldParameters
    let latent: [Float]
    /// [pixels][x, y]
    var coordinates: [Float]
    /// [pixels][bands]; some NaN.
    let targets: [[Float]]
    let map: OutputMap

    init(
        layers: Int = 3, width: Int = 20, latentCount: Int = 5, outputs: Int = 19,
        pixels: Int = 31, seed: UInt64 = 7
    ) throws {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: layers, hiddenWidth: width, latentCount: latentCount,
            outputCount: outputs, omega: 15)
        parameters = FieldParameters(seeding: architecture, seed: seed)
        var generator = SeededGenerator(seed: seed &+ 1)
        latent = (0..<latentCount).map { _ in generator.uniform(in: -0.3, 0.3) }
        coordinates = (0..<pixels * 2).map { _ in generator.uniform(in: -1, 1) }
        // Bands: some outputs as they are, an interpolated pair, and one that nothing matches.
        var rows = (0..<outputs - 2).map { [OutputMap.Term(outputIndex: $0, weight: 1)] }
        rows.append([
            OutputMap.Term(outputIndex: outputs - 2, weight: 0.25),
            OutputMap.Term(outputIndex: outputs - 1, weight: 0.75),
        ])
        rows.append([])
        map = OutputMap(outputCount: outputs, rows: rows)
        targets = (0..<pixels).map { _ in
            rows.map { _ in generator.index(below: 9) == 0 ? .nan : generator.uniform() }
        }
    }

    var batch: FieldBatch {
        let batch = FieldBatch(pixelCapacity: targets.count, bandCount: map.rows.count)
        batch.gather(
            0..<targets.count, coordinates: coordinates, values: targets.flatMap(\.self),
            columns: Array(map.rows.indices), valueBandCount: map.rows.count)
        return batch
    }

    /// The loss of the naive network with some parameters and latent, in double precision.
    func referenceLoss(
        changing index: Int? = nil, by delta: Double = 0, latent changed: [Double]? = nil
    ) -> Double {
        var reference = ReferenceField(parameters)
        if let index { reference.values[index] += delta }
        return reference.loss(
            coordinates: coordinates, targets: targets.map { $0.map(Double.init) },
            rows: map.rows, latent: changed ?? latent.map(Double.init))
    }
}
