import CCSDS123
import Cube
import Testing

struct RoundTripTests {
    @Test(arguments: 0..<8)
    func `any lossless parameters give the image and the header back`(batch: Int) throws {
        for seed in 0..<60 {
            var random = RandomImages(seed: UInt64(1000 * batch + seed))
            let image = try random.image()
            let parameters = random.parameters(for: image, isLossless: true)
            let stream = try CCSDSEncoder.encode(image, parameters: parameters, userData: 7)
            let (decoded, header) = try CCSDSDecoder.decode(
                stream, maximumSampleCount: image.values.count)
            #expect(decoded == image, "seed \(seed)")
            #expect(header.parameters == parameters, "seed \(seed)")
            #expect(header.userData == 7)
            #expect(stream.count % parameters.outputWordByteCount == 0)
        }
    }

    @Test(arguments: 0..<8)
    func `no sample is further from the original than its limits allow`(batch: Int) throws {
        for seed in 0..<60 {
            var random = RandomImages(seed: UInt64(1_000_000 + 1000 * batch + seed))
            let image = try random.image()
            let parameters = random.parameters(for: image, isLossless: false)
            let stream = try CCSDSEncoder.encode(image, parameters: parameters)
            let (decoded, header) = try CCSDSDecoder.decode(
                stream, maximumSampleCount: image.values.count)
            #expect(header.parameters == parameters, "seed \(seed)")
            #expect(isWithinLimits(decoded, image, parameters), "seed \(seed)")
        }
    }

    /// Checks absolute limits exactly and relative ones by their largest value: the prediction that
    /// they refer to is below 2^D.
    private func isWithinLimits(
        _ decoded: CCSDSImage, _ image: CCSDSImage, _ parameters: CCSDSParameters
    ) -> Bool {
        let fidelity = parameters.fidelity
        let geometry = image.geometry
        return image.values.indices.allSatisfy { index in
            let band = index / geometry.pixelCount
            let line = index % geometry.pixelCount / geometry.samples
            let period = fidelity.updatePeriodLog2.map { line >> $0 } ?? 0
            let absolute = fidelity.absolute?.periods[period][band] ?? Int.max
            let relative = fidelity.relative?.periods[period][band] ?? Int.max
            let (left, right) = (image.values[index], decoded.values[index])
            let error =
                image.isSigned
                ? abs(Int(left) - Int(right))
                : abs(Int(UInt32(bitPattern: left)) - Int(UInt32(bitPattern: right)))
            return error <= min(absolute, relative)
        }
    }

    @Test(arguments: 0..<8)
    func `the kernel predicts what the standard's equations say`(batch: Int) throws {
        for seed in 0..<40 {
            var random = RandomImages(seed: UInt64(2_000_000 + 1000 * batch + seed))
            let image = try random.kernelImage()
            let parameters = random.parameters(for: image, isLossless: seed % 2 == 0)
            let header = CCSDSHeader(
                geometry: image.geometry, bitDepth: image.bitDepth, isSigned: image.isSigned,
                parameters: parameters)
            let fast = try CCSDSEncoder.encode(image, header: header, predictor: .fastest)
            let reference = try CCSDSEncoder.encode(image, header: header, predictor: .reference)
            #expect(fast == reference, "seed \(seed)")
            let count = image.values.count
            let decoded = try CCSDSDecoder.decode(
                fast, maximumSampleCount: count, predictor: .fastest)
            let oracle = try CCSDSDecoder.decode(
                fast, maximumSampleCount: count, predictor: .reference)
            #expect(decoded.image == oracle.image, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<8)
    func `pixels that are left out change no other, by either predictor`(batch: Int) throws {
        for seed in 0..<40 {
            var random = RandomImages(seed: UInt64(3_000_000 + 1000 * batch + seed))
            let image = seed % 2 == 0 ? try random.kernelImage() : try random.image()
            let geometry = image.geometry
            let period = random.integer(1...6)
            let isLeftOut = (0..<geometry.pixelCount).map { _ in !random.oneIn(period) }
            guard
                let mask = CCSDSPixelMask(
                    lines: geometry.lines, samples: geometry.samples, isLeftOut: isLeftOut)
            else { continue }
            let header = CCSDSHeader(
                geometry: geometry, bitDepth: image.bitDepth, isSigned: image.isSigned,
                parameters: random.parameters(for: image, isLossless: true))
            let stream = try CCSDSEncoder.encode(
                image, header: header, predictor: .fastest, mask: mask)
            let reference = try CCSDSEncoder.encode(
                image, header: header, predictor: .reference, mask: mask)
            #expect(stream == reference, "seed \(seed)")
            for predictor in [PredictorChoice.fastest, .reference] {
                let decoded = try CCSDSDecoder.decode(
                    stream, maximumSampleCount: image.values.count, predictor: predictor,
                    mask: mask
                ).image
                let areSame = image.values.indices.allSatisfy {
                    isLeftOut[$0 % geometry.pixelCount] || decoded.values[$0] == image.values[$0]
                }
                #expect(areSame, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [0.5, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0003])
    func `every low-entropy code returns its symbols`(share: Double) throws {
        var random = RandomImages(seed: 5)
        let image = try random.image(
            lines: 60, samples: 70, bands: 3, bitDepth: 5, isSigned: false, noise: 0,
            wildPeriod: Int(1 / share))
        for parameters in [CCSDSParameters(), CCSDSParameters(fidelity: .absolute(1))] {
            let stream = try CCSDSEncoder.encode(image, parameters: parameters)
            let decoded = try CCSDSDecoder.decode(stream, maximumSampleCount: 1 << 20)
            if parameters.fidelity.isLossless { #expect(decoded.image == image) }
            let again = try CCSDSEncoder.encode(image, parameters: parameters)
            #expect(again == stream)
        }
    }

    @Test func `supplementary tables come back as they were`() throws {
        var random = RandomImages(seed: 3)
        let image = try random.image(
            lines: 3, samples: 4, bands: 5, bitDepth: 12, isSigned: false, noise: 0.01)
        let tables = [
            CCSDSSupplementaryTable(
                purpose: 2,
                element: .float(significandBitCount: 23, exponentBitCount: 8, bias: 127),
                structure: .perBand,
                patterns: [400.5, 500, 600.25, 700, 2500].map { Float($0).bitPattern }),
            CCSDSSupplementaryTable(
                purpose: 4, element: .unsigned(bitDepth: 1), structure: .perBandAndSample,
                userData: 9, patterns: (0..<20).map { $0 % 3 == 0 ? 1 : 0 }),
            CCSDSSupplementaryTable(
                purpose: 10, element: .signed(bitDepth: 32), structure: .zeroDimensional,
                patterns: [UInt32(bitPattern: -5)]),
        ]
        let stream = try CCSDSEncoder.encode(
            image, parameters: CCSDSParameters(), supplementaryTables: tables)
        let (decoded, header) = try CCSDSDecoder.decode(stream, maximumSampleCount: 60)
        #expect(decoded == image)
        #expect(header.supplementaryTables == tables)
        #expect(header.supplementaryTables[0].number(at: 2) == 600.25)
        #expect(header.supplementaryTables[2].number(at: 0) == -5)
        #expect(try CCSDSHeader(parsing: stream) == header)
    }
}
