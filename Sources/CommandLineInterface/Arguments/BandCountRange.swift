import ArgumentParser

/// How many bands a cube may have: `N..M`, either end left open, or one number.
struct BandCountRange: ExpressibleByArgument, Equatable {
    /// Band counts from 0.
    let counts: ClosedRange<Int>

    /// Reads the text; nil for anything else.
    init?(argument: String) {
        guard let ends = NumberRange.ends(of: argument) else { return nil }
        let low = ends.low.map { Int($0) } ?? 0
        let high = ends.high.map { Int($0) } ?? Int.max
        guard let low, let high, low >= 0, low <= high else { return nil }
        counts = low...high
    }
}
