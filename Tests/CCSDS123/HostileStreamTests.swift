import Basics
import CCSDS123
import Cube
import TestSupport
import Testing

struct HostileStreamTests {
    @Test(arguments: 0..<8)
    func `mutated streams are refused or decoded but never trap`(batch: Int) throws {
        var random = RandomImages(seed: UInt64(batch) &+ 8 &* Mutations.seedOffset)
        var refusedCount = 0
        // Of the eight batches.
        let count = Mutations.count(usually: 32_000) / 8
        for _ in 0..<10 {
            let image = try random.image()
            let stream = try CCSDSEncoder.encode(
                image, parameters: random.parameters(for: image, isLossless: random.oneIn(2)))
            for _ in 0..<count / 10 {
                let mutated = mutate(stream, &random)
                do {
                    _ = try CCSDSDecoder.decode(mutated, maximumSampleCount: 5000)
                } catch is CCSDSError {
                    refusedCount += 1
                }
            }
        }
        #expect(refusedCount > count / 4)
        Mutations.report("random images, batch \(batch)", count, "\(refusedCount) refused")
    }

    /// Flips bits, overwrites, cuts, inserts or repeats, a few times.
    private func mutate(_ stream: [UInt8], _ random: inout RandomImages) -> [UInt8] {
        var bytes = stream
        for _ in 0..<random.integer(1...3) {
            guard !bytes.isEmpty else { return bytes }
            // Half of all mutations hit the header.
            let last = random.oneIn(2) ? min(24, bytes.count) - 1 : bytes.count - 1
            let place = random.integer(0...last)
            switch random.integer(0...5) {
            case 0, 1: bytes[place] ^= 1 << UInt8(random.integer(0...7))
            case 2: bytes[place] = UInt8(random.pick([0, 1, 0x7F, 0x80, 0xFF]))
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + random.integer(1...9)))
            case 4: bytes.insert(UInt8(random.integer(0...255)), at: place)
            default: bytes.append(contentsOf: bytes[place...])
            }
        }
        return bytes
    }

    @Test(arguments: [true, false])
    func `bodies of random bits are refused or decoded but never trap`(isHybrid: Bool) throws {
        var random = RandomImages(seed: 77 &+ Mutations.seedOffset)
        let count = Mutations.count(usually: 2000)
        for _ in 0..<40 {
            let image = try random.image()
            var parameters = random.parameters(for: image, isLossless: random.oneIn(2))
            parameters.entropyCoder.method =
                isHybrid
                ? .hybrid(initialAccumulator: nil)
                : .sampleAdaptive(accumulatorInitialization: .common(0))
            let stream = try CCSDSEncoder.encode(image, parameters: parameters)
            for _ in 0..<count / 40 {
                let noise = (0..<stream.count).map { _ in UInt8(random.integer(0...255)) }
                let headerByteCount = min(stream.count, 60)
                let bytes = Array(stream[..<headerByteCount]) + noise
                do {
                    _ = try CCSDSDecoder.decode(bytes, maximumSampleCount: 5000)
                } catch is CCSDSError {
                    continue
                }
            }
        }
    }

    @Test func `a stream cut anywhere is refused`() throws {
        var random = RandomImages(seed: 4)
        let image = try random.image(
            lines: 5, samples: 6, bands: 4, bitDepth: 10, isSigned: false, noise: 0.02)
        for method in [
            CCSDSEntropyCoder.Method.hybrid(initialAccumulator: nil),
            .sampleAdaptive(accumulatorInitialization: .common(2)),
        ] {
            let stream = try CCSDSEncoder.encode(
                image, parameters: CCSDSParameters(entropyCoder: CCSDSEntropyCoder(method: method)))
            for count in 0..<stream.count {
                #expect(throws: CCSDSError.self) {
                    try CCSDSDecoder.decode(Array(stream[..<count]), maximumSampleCount: 1000)
                }
            }
            #expect(throws: CCSDSError.self) {
                try CCSDSDecoder.decode(stream + [0], maximumSampleCount: 1000)
            }
        }
    }

    @Test func `a few bytes that declare a huge image are refused at once`() throws {
        var random = RandomImages(seed: 9)
        let image = try random.image(
            lines: 2, samples: 2, bands: 2, bitDepth: 8, isSigned: false, noise: 0.02)
        var stream = try CCSDSEncoder.encode(image, parameters: CCSDSParameters())
        for byte in 1...6 { stream[byte] = 0 }  // 65,536 in every dimension
        #expect(throws: CCSDSError.tooLarge(sampleCount: 1 << 48, limit: 1 << 40)) {
            try CCSDSDecoder.decode(stream, maximumSampleCount: 1 << 40)
        }
        #expect(throws: CCSDSError.truncated(part: "its body")) {
            try CCSDSDecoder.decode(stream, maximumSampleCount: 1 << 50)
        }
    }

    @Test func `parameters outside the standard are refused with their names`() throws {
        var random = RandomImages(seed: 9)
        let image = try random.image(
            lines: 2, samples: 2, bands: 2, bitDepth: 8, isSigned: false, noise: 0.02)
        var parameters = CCSDSParameters()
        parameters.prediction.bandCount = 16
        #expect(
            throws: CCSDSError.invalidParameter(
                name: "prediction bands P", value: "16", allowed: "in 0...15")
        ) { try CCSDSEncoder.encode(image, parameters: parameters) }
        var wide = image
        wide.values[3] = 256
        #expect(throws: CCSDSError.sampleOutOfRange(value: 256, allowed: 0...255)) {
            try CCSDSEncoder.encode(wide, parameters: CCSDSParameters())
        }
    }

    @Test func `a requested stop ends the work`() throws {
        var random = RandomImages(seed: 9)
        let image = try random.image(
            lines: 2, samples: 2, bands: 2, bitDepth: 8, isSigned: false, noise: 0.02)
        let stop = StopToken()
        stop.request()
        #expect(throws: BasicsError.stopped) {
            try CCSDSEncoder.encode(image, parameters: CCSDSParameters(), stop: stop)
        }
    }
}
