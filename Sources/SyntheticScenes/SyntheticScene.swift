import Basics
import Cube

/// A realistic hyperspectral scene that is computed, not stored: any window of any bands follows
/// from the seed alone, so a scene of any size can be streamed in little memory.
///
/// The model is a linear mixture of parametric material spectra under smooth terrain, a varying
/// atmosphere and a sensor with shot noise, read noise and striping, quantised to 14-bit counts in
/// uint16. Only basic IEEE 754 operations are used, so the same seed gives the same bytes on every
/// machine, for any window and from any number of threads.
public struct SyntheticScene: CubeSource {
    /// Geometry, wavelengths, place and time.
    public let description: CubeDescription
    /// What the scene shows.
    public let kind: SyntheticSceneKind
    /// The instrument.
    public let sensor: SyntheticSensor
    /// What the scene follows from.
    public let seed: UInt64
    let ground: GroundTruth
    let radiometry: RadiometricModel
    let detector: DetectorNoise

    /// A scene; where `kind` is left out, the seed chooses it.
    ///
    /// - Parameters:
    ///   - kind: what the scene shows.
    ///   - sensor: the instrument; its bands are the scene's.
    ///   - lines: image rows, at least 1.
    ///   - samples: image columns, at least 1.
    ///   - seed: equal seeds give equal scenes.
    /// - Throws: ``CubeError/impossibleGeometry(lines:samples:bands:reason:)``.
    public init(
        kind: SyntheticSceneKind? = nil, sensor: SyntheticSensor = .visibleNearInfrared,
        lines: Int, samples: Int, seed: UInt64
    ) throws(CubeError) {
        let geometry = try CubeGeometry(lines: lines, samples: samples, bands: sensor.bands.count)
        var generator = SeededGenerator(seed: seed)
        let kinds = SyntheticSceneKind.allCases
        let shown = kind ?? kinds[generator.index(below: kinds.count)]
        // Scenes of different kinds that share a seed share nothing else.
        let kindIndex = kinds.firstIndex(of: shown) ?? 0
        generator = SeededGenerator(seed: LatticeHash.mix(seed, kindIndex, 0))
        let ground = GroundTruth(kind: shown, sampleCount: samples, seed: generator.next())
        self.kind = shown
        self.sensor = sensor
        self.seed = seed
        self.ground = ground
        radiometry = RadiometricModel(
            sensor: sensor, materials: ground.layout.materials,
            sineOfSunElevation: ground.terrain.sineOfSunElevation)
        detector = DetectorNoise(sensor: sensor, seed: generator.next())
        description = Self.describe(
            geometry, kind: shown, sensor: sensor, seed: seed, generator: &generator)
    }

    /// A file name without extension, such as `farmland-7-120bands`.
    public var suggestedName: String { "\(kind.rawValue)-\(seed)-\(sensor.bands.count)bands" }

    /// Computes some pixels of some bands; the cost follows the window, the memory is the block's.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try check(window, bandIndices)
        var block = SampleBlock(zeroed: window, bandIndices: bandIndices, sampleType: .uint16)
        block.bytes.withUnsafeMutableBytes { raw in
            let counts = raw.assumingMemoryBound(to: UInt16.self)
            render(window, bandIndices) { row, place in
                let start = place.rowIndex(in: window) * window.samples.count
                let target = UnsafeMutableBufferPointer(
                    rebasing: counts[start..<start + window.samples.count])
                detector.digitize(row, into: target, line: place.line, band: place.band, window)
            }
        }
        return block
    }

    /// The counts that ``read(_:bandIndices:)`` would give without random noise and rounding
    /// (striping is part of them), [bands][lines][samples].
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``.
    public func noiselessCounts(_ window: CubeWindow, bandIndices: [Int]) throws -> [Float] {
        try check(window, bandIndices)
        var values = [Float](repeating: 0, count: window.pixelCount * bandIndices.count)
        values.withUnsafeMutableBufferPointer { values in
            render(window, bandIndices) { row, place in
                let start = place.rowIndex(in: window) * row.count
                for index in row.indices { values[start + index] = row[index] }
            }
        }
        return values
    }

    private func check(_ window: CubeWindow, _ bandIndices: [Int]) throws(CubeError) {
        try window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: bandIndices)
    }
}
