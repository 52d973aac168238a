import Basics
import Cube
import CubeCodec
import MetaLearning
import Testing

struct LatentTests {
    static let geometry: CubeGeometry = {
        do { return try CubeGeometry(lines: 100, samples: 100, bands: 6) } catch { fatalError() }
    }()

    /// Normally distributed values; `smoothness` 1 repeats the neighbour, 0 ignores it.
    static func latent(
        rows: Int = 1, columns: Int = 1, latentCount: Int = 32, smoothness: Double = 0,
        scale: Double = 0.3, seed: UInt64 = 1
    ) throws -> SceneLatent {
        var generator = SeededGenerator(seed: seed)
        var values: [Float] = []
        for position in 0..<rows * columns * latentCount {
            let hasLeft = position / latentCount % columns > 0
            let left = hasLeft ? Double(values[position - latentCount]) : 0
            let fresh = generator.normal() * scale
            let rest = (1 - smoothness * smoothness).squareRoot()
            values.append(Float(smoothness * left + rest * fresh))
        }
        let scaling = try #require(ValueScaling(offset: -12, gain: 4.75))
        return SceneLatent(
            rows: rows, columns: columns, latentCount: latentCount, values: values,
            scaling: scaling,
            bandStates: [.live, .live, .constant(0.1), .absent, .absent, .live])
    }

    @Test(arguments: [
        (1, 1, 32, Float(0.04)), (1, 1, 1, 0.001), (7, 9, 8, 0.05), (20, 1, 3, 0.2), (3, 3, 5, 100),
        (1, 1, 600, 0x1p-20), (10, 10, 32, 0.5),
    ])
    func `a latent comes back as exact multiples of its step`(
        rows: Int, columns: Int, latentCount: Int, step: Float
    ) throws {
        let latent = try Self.latent(rows: rows, columns: columns, latentCount: latentCount)
        let quantized = try QuantizedLatent(latent, step: step)
        let stream = LatentBitstream(encoding: quantized)
        let decoded = try LatentBitstream.decode(stream.bytes, geometry: Self.geometry)
        #expect(decoded == quantized)
        #expect(decoded.latent.scaling == latent.scaling)
        #expect(decoded.latent.bandStates == latent.bandStates)
        for (value, original) in zip(decoded.latent.values, latent.values) {
            #expect(abs(value - original) <= step * 0.51)
            #expect((value / step).rounded() * step == value)
        }
    }

    @Test func `32 values at four to five bits take about 20 bytes`() throws {
        var total = 0
        for seed in 0..<20 as Range<UInt64> {
            // A standard deviation of 5 steps: 4.37 bits a value, 17.5 bytes.
            let latent = try Self.latent(scale: 5, seed: seed)
            let stream = LatentBitstream(encoding: try QuantizedLatent(latent, step: 1))
            total += stream.codedByteCount
            #expect(stream.bytes.count - stream.codedByteCount <= 40)
        }
        #expect(total <= 20 * 20)
    }

    @Test func `neighbouring cells that agree cost less`() throws {
        func bytes(_ smoothness: Double) throws -> Int {
            let latent = try Self.latent(rows: 20, columns: 20, smoothness: smoothness, scale: 8)
            return LatentBitstream(encoding: try QuantizedLatent(latent, step: 1)).codedByteCount
        }
        let (independent, alike) = (try bytes(0), try bytes(0.97))
        // 400 x 32 values of 5.05 bits; the coder stays within 4 % of that.
        #expect(Double(independent) < 12_800 * 5.05 / 8 * 1.04)
        #expect(Double(alike) < 0.75 * Double(independent))
    }

    @Test func `a latent of zeros costs next to nothing`() throws {
        let latent = try Self.latent(rows: 100, columns: 100, scale: 0)
        let stream = LatentBitstream(encoding: try QuantizedLatent(latent, step: 1))
        #expect(stream.codedByteCount < 500)
        let decoded = try LatentBitstream.decode(stream.bytes, geometry: Self.geometry)
        #expect(decoded.latent == latent)
    }

    @Test func `the quantiser keeps the budget with the coarsest step that does`() throws {
        let latent = try Self.latent()
        let noise = 1e-3
        func loss(_ candidate: SceneLatent) -> Double {
            noise
                + zip(candidate.values, latent.values)
                .reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 32
        }
        for budget in [0.01, 0.05, 1] {
            let choice = try LatentQuantizer(budgetDecibels: budget).choose(latent, loss: loss)
            #expect(choice.lossDecibels <= budget)
            guard case .common(let step) = choice.quantized.steps else {
                Issue.record("without a prior there is one step")
                return
            }
            let coarser = try QuantizedLatent(latent, step: step * 2)
            #expect(loss(coarser.latent) / noise > loss(choice.quantized.latent) / noise)
        }
    }

    @Test func `a budget that no step meets gives the finest and says so`() throws {
        let latent = try Self.latent()
        let choice = try LatentQuantizer(budgetDecibels: 0.05)
            .choose(latent) { $0 == latent ? 1 : 2 }
        #expect(choice.lossDecibels > 3)
    }

    @Test func `a latent that no step can hold is refused`() throws {
        var latent = try Self.latent()
        #expect(throws: CubeCodecError.self) { try QuantizedLatent(latent, step: 1e-12) }
        for step in [0, -1, .nan, .infinity] as [Float] {
            #expect(throws: CubeCodecError.self) { try QuantizedLatent(latent, step: step) }
        }
        latent.values[3] = .nan
        #expect(throws: CubeCodecError.self) { try QuantizedLatent(latent, step: 1) }
    }
}
