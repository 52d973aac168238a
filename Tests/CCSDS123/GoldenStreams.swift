import Basics
import CCSDS123
import Cube

/// Images by formula, whose streams are kept in ``GoldenStreamTests``.
enum GoldenStreams {
    /// An image that holds one value.
    static func constant(
        _ value: Int32, lines: Int, samples: Int, bands: Int, bitDepth: Int
    ) throws -> CCSDSImage {
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: bands)
        return CCSDSImage(
            geometry: geometry, bitDepth: bitDepth, isSigned: false,
            values: Array(repeating: value, count: geometry.sampleCount))
    }

    /// A tilted surface with a little deterministic roughness: 4 lines, 5 samples, 4 bands.
    static func surface(bitDepth: Int, isSigned: Bool) throws -> CCSDSImage {
        var values: [Int32] = []
        let scale = Int32(1) << Int32(bitDepth - 8)
        for band in 0..<4 as Range<Int32> {
            for line in 0..<4 as Range<Int32> {
                for sample in 0..<5 as Range<Int32> {
                    let rough = (band * 7 + line * 5 + sample * 3) % 4
                    let value = 20 + 9 * band + 4 * line + 3 * sample + rough
                    values.append((isSigned ? value - 50 : value) * scale)
                }
            }
        }
        return CCSDSImage(
            geometry: try CubeGeometry(lines: 4, samples: 5, bands: 4), bitDepth: bitDepth,
            isSigned: isSigned, values: values)
    }

    /// Mostly zeros, sparser from band to band, so that every low-entropy code has its turn.
    static func sparse() throws -> CCSDSImage {
        var generator = SeededGenerator(seed: 123)
        var values: [Int32] = []
        var share: Float = 0.9
        for _ in 0..<40 {
            for _ in 0..<2500 {
                let isZero = generator.uniform() >= share
                let limit = generator.index(below: 3) == 0 ? 30 : 4
                values.append(isZero ? 0 : Int32(generator.index(below: limit)))
            }
            share *= 0.8
        }
        return CCSDSImage(
            geometry: try CubeGeometry(lines: 50, samples: 50, bands: 40), bitDepth: 8,
            isSigned: true, values: values)
    }

    /// The parameters most in use: P = 3, full, wide neighbour-oriented, Omega = 14.
    static func usual(_ method: CCSDSEntropyCoder.Method) -> CCSDSParameters {
        CCSDSParameters(
            prediction: CCSDSPrediction(
                bandCount: 3, isFull: true, weightResolution: 14, exponentIntervalLog2: 6,
                firstExponent: -1, lastExponent: 3),
            entropyCoder: CCSDSEntropyCoder(method: method))
    }

    /// Many of the standard's options at once: interleaved by 3 bands, limits of both kinds that
    /// change every 2 lines, damping and offsets per band, custom weights, exponent offsets.
    static func elaborate(_ method: CCSDSEntropyCoder.Method) -> CCSDSParameters {
        CCSDSParameters(
            encodingOrder: .bandInterleaved(depth: 3), outputWordByteCount: 4,
            prediction: CCSDSPrediction(
                bandCount: 2, isFull: true, localSum: .narrowNeighbor, registerBitCount: 32,
                weightResolution: 12, exponentIntervalLog2: 4, firstExponent: -2, lastExponent: 2,
                weightInitialization: .custom(
                    resolution: 5,
                    vectors: [[1, -2, 0], [1, 0, 0, 5], [0, 1, -1, 4, 2], [2, 0, -3, 4, 1]]),
                exponentOffsets: CCSDSWeightExponentOffsets(
                    directional: [1, 0, -1, 2], previousBands: [[], [1], [0, -2], [1, 1]])),
            fidelity: CCSDSFidelity(
                absolute: CCSDSErrorLimits(periods: [.common(2), .common(1)]),
                relative: CCSDSErrorLimits(
                    periods: [.perBand([9, 20, 30, 0]), .perBand([15, 4, 8, 31])]),
                updatePeriodLog2: 1),
            representatives: CCSDSRepresentatives(
                resolution: 2, damping: .perBand([0, 1, 2, 3]), offset: .common(1)),
            entropyCoder: CCSDSEntropyCoder(
                method: method, unaryLengthLimit: 9, rescalingCounterSize: 4,
                initialCountExponent: 2))
    }
}
