import Cube
import SyntheticScenes
import Testing

/// What the tests measure on scenes.
enum Statistics {
    /// Correlation of a [lines][samples] plane with itself, moved by `lag` samples.
    static func correlation(of plane: [Double], sampleCount: Int, lag: Int) -> Double {
        let pairs = plane.indices.filter { $0 % sampleCount + lag < sampleCount }
        let mean = plane.reduce(0, +) / Double(plane.count)
        let products = pairs.reduce(0.0) { sum, index in
            sum + (plane[index] - mean) * (plane[index + lag] - mean)
        }
        let variance = plane.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(plane.count)
        return products / Double(pairs.count) / variance
    }

    /// The plane of the band nearest a wavelength.
    static func plane(of scene: SyntheticScene, nanometers: Double) throws -> [Double] {
        let wavelengths = try #require(scene.description.wavelengthsNanometers)
        let nearest = wavelengths.indices.min {
            abs(wavelengths[$0] - nanometers) < abs(wavelengths[$1] - nanometers)
        }
        let window = CubeWindow(whole: scene.description.geometry)
        return try scene.read(window, bandIndices: [try #require(nearest)]).plane(ofBandAt: 0)
    }
}
