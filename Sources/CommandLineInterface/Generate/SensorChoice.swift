import ArgumentParser
import SyntheticScenes

/// Instruments of synthetic scenes.
enum SensorChoice: String, ExpressibleByArgument, CaseIterable {
    /// 400 to 1000 nm.
    case vnir
    /// 400 to 2500 nm.
    case full

    /// The instrument; with its usual number of bands where none is given.
    func sensor(bandCount: Int?) -> SyntheticSensor {
        switch self {
        case .vnir:
            bandCount.map { .visibleNearInfrared(bandCount: $0) } ?? .visibleNearInfrared
        case .full: bandCount.map { .fullRange(bandCount: $0) } ?? .fullRange
        }
    }
}
