import Basics
import Cube

/// Striping, random noise and quantisation.
struct DetectorNoise: Sendable {
    private let sensor: SyntheticSensor
    private let elementSeed: UInt64
    private let slitSeed: UInt64
    private let noiseSeed: UInt64

    init(sensor: SyntheticSensor, seed: UInt64) {
        self.sensor = sensor
        var generator = SeededGenerator(seed: seed)
        elementSeed = generator.next()
        slitSeed = generator.next()
        noiseSeed = generator.next()
    }

    /// Writes the gains and offsets of one band's detector elements.
    func fill(_ stripes: Stripes, band: Int, samples: Range<Int>) {
        let gainKey = UInt32(truncatingIfNeeded: LatticeHash.mix(elementSeed, band, 0))
        let offsetKey = UInt32(truncatingIfNeeded: LatticeHash.mix(elementSeed, band, 1))
        let slitKey = UInt32(truncatingIfNeeded: slitSeed)
        for index in 0..<samples.count {
            let column = UInt32(truncatingIfNeeded: samples.lowerBound &+ index)
            let element = LatticeHash.normal(key: gainKey, column: column)
            // The entrance slit's width is shared by all bands.
            let slit = LatticeHash.normal(key: slitKey, column: column)
            stripes.gains[index] = 1 + sensor.stripingRatio * (element + slit)
            let offset = LatticeHash.normal(key: offsetKey, column: column)
            stripes.offsets[index] = sensor.darkCounts + 0.4 * sensor.readNoiseCounts * offset
        }
    }

    /// Adds noise to one row of noise-free counts and rounds it, [samples] to [samples].
    func digitize(
        _ row: UnsafeMutableBufferPointer<Float>, into counts: UnsafeMutableBufferPointer<UInt16>,
        line: Int, band: Int, _ window: CubeWindow
    ) {
        let key = UInt32(truncatingIfNeeded: LatticeHash.mix(noiseSeed, line, band))
        let first = UInt32(truncatingIfNeeded: window.samples.lowerBound)
        let readVariance = sensor.readNoiseCounts * sensor.readNoiseCounts
        let dark = sensor.darkCounts
        let shot = 1 / sensor.electronsPerCount
        let highest = sensor.saturationCounts
        for index in 0..<row.count {
            let mean = row[index]
            let deviation = (readVariance + max(0, mean - dark) * shot).squareRoot()
            let column = first &+ UInt32(truncatingIfNeeded: index)
            let noisy = mean + deviation * LatticeHash.normal(key: key, column: column)
            let limited = max(0, min(highest, noisy))
            // Adding 2^23 rounds to the nearest integer and leaves it in the low bits.
            counts[index] = UInt16(truncatingIfNeeded: (limited + 8_388_608).bitPattern)
        }
    }
}
