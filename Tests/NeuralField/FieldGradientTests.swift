import NeuralField
import Testing

@Suite struct FieldGradientTests {
    @Test func `the loss agrees with the naive network`() throws {
        let fixture = try FieldFixture()
        let evaluation = try Evaluation(fixture)
        let loss = evaluation.engine.loss(
            field: evaluation.field, output: evaluation.output, latent: fixture.latent,
            batch: evaluation.batch)
        #expect(abs(loss.meanSquaredError - fixture.referenceLoss()) < 1e-6)
        #expect(
            loss.validSampleCount == fixture.targets.joined().count(where: { !$0.isNaN }))
    }

    @Test func `the latent's gradient agrees with central differences`() throws {
        let fixture = try FieldFixture()
        let evaluation = try Evaluation(fixture)
        let (_, gradient) = evaluation.engine.latentGradient(
            field: evaluation.field, output: evaluation.output, latent: fixture.latent,
            batch: evaluation.batch)
        let step = 1e-6
        for index in fixture.latent.indices {
            func shifted(_ delta: Double) -> Double {
                var latent = fixture.latent.map(Double.init)
                latent[index] += delta
                return fixture.referenceLoss(latent: latent)
            }
            let expected = (shifted(step) - shifted(-step)) / (2 * step)
            #expect(abs(Double(gradient[index]) - expected) < 1e-4 * (1 + abs(expected)))
        }
    }

    @Test(arguments: 0..<8)
    func `pixels that are mirrored and turned keep their targets`(symmetry: Int) throws {
        var fixture = try FieldFixture()
        let evaluation = try Evaluation(fixture)
        evaluation.batch.apply(symmetry: symmetry)
        let loss = evaluation.engine.loss(
            field: evaluation.field, output: evaluation.output, latent: fixture.latent,
            batch: evaluation.batch
        ).meanSquaredError
        let untouched = fixture.referenceLoss()
        for first in stride(from: 0, to: fixture.coordinates.count, by: 2) {
            var place = (fixture.coordinates[first], fixture.coordinates[first + 1])
            if symmetry >= 4 { place = (place.1, place.0) }
            fixture.coordinates[first] = symmetry % 2 == 1 ? -place.0 : place.0
            fixture.coordinates[first + 1] = symmetry / 2 % 2 == 1 ? -place.1 : place.1
        }
        #expect(abs(loss - fixture.referenceLoss()) < 1e-6)
        #expect((symmetry == 0) == (abs(loss - untouched) < 1e-6))
    }

    @Test func `the parameters' gradient agrees with central differences`() throws {
        let fixture = try FieldFixture(layers: 3, width: 13, outputs: 9, pixels: 17)
        let evaluation = try Evaluation(fixture)
        let gradient = evaluation.parameterGradient(latent: fixture.latent)
        let step = 1e-6
        // Every matrix is hit: 7 and the matrices' lengths have no common period.
        for index in stride(from: 0, to: gradient.count, by: 7) {
            let expected =
                (fixture.referenceLoss(changing: index, by: step)
                    - fixture.referenceLoss(changing: index, by: -step)) / (2 * step)
            #expect(
                abs(Double(gradient[index]) - expected) < 1e-4 * (1 + abs(expected)),
                "parameter \(index)")
        }
    }

    @Test func `a gradient adds to what is there`() throws {
        let fixture = try FieldFixture()
        let evaluation = try Evaluation(fixture)
        let once = evaluation.parameterGradient(latent: fixture.latent)
        let twice = evaluation.parameterGradient(latent: fixture.latent, addingTo: once)
        for (single, double) in zip(once, twice) { #expect(abs(double - 2 * single) < 1e-5) }
    }

    @Test(arguments: KernelPath.allCases.filter(\.isAvailable))
    func `every kernel path trains with the same forward bits`(path: KernelPath) throws {
        let fixture = try FieldFixture(width: 40, pixels: 300)
        let portable = try Evaluation(fixture, path: .portable)
        let other = try Evaluation(fixture, path: path)
        let expected = portable.parameterGradient(latent: fixture.latent)
        let found = other.parameterGradient(latent: fixture.latent)
        let scale = expected.map(abs).max() ?? 0
        #expect(scale > 0)
        for (a, b) in zip(expected, found) { #expect(abs(a - b) <= 1e-5 * scale) }
    }
}

/// A fixture packed for the engine.
private struct Evaluation {
    let field: PackedField
    let output: PackedOutput
    let engine: FieldGradientEngine
    let batch: FieldBatch

    init(_ fixture: FieldFixture, path: KernelPath = .best) throws {
        field = PackedField(fixture.parameters, forGradients: true)
        output = PackedOutput(fixture.parameters, map: fixture.map, forGradients: true)
        // More room than the image has bands, as when scenes share an engine.
        engine = FieldGradientEngine(
            fixture.parameters.architecture, bandCapacity: fixture.map.rows.count + 30, path: path)
        batch = fixture.batch
    }

    func parameterGradient(latent: [Float], addingTo start: [Float]? = nil) -> [Float] {
        var gradient =
            start ?? [Float](repeating: 0, count: field.architecture.parameterCount)
        _ = engine.parameterGradient(
            field: field, output: output, latent: latent, batch: batch, addingTo: &gradient)
        return gradient
    }
}
