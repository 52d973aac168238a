import Foundation

/// How many mutations the tests over hostile bytes try, and which: `Benchmarks/fuzz.sh` sets both.
public enum Mutations {
    private static let environment = ProcessInfo.processInfo.environment
    private static let stated = environment["CUBEVAULT_MUTATIONS"].flatMap { Int($0) }

    /// Whether somebody asked for a number of them, and wants to read what came of it.
    public static let isCounted = stated != nil

    /// Added to a test's own seed by CUBEVAULT_MUTATION_SEED, less one.
    public static let seedOffset =
        (environment["CUBEVAULT_MUTATION_SEED"].flatMap { UInt64($0) } ?? 1) &- 1

    /// CUBEVAULT_MUTATIONS, or what a test has usually.
    public static func count(usually count: Int) -> Int { stated ?? count }

    /// Prints what a test did, where that was asked for.
    public static func report(_ name: String, _ count: Int, _ figures: String) {
        guard isCounted else { return }
        print("\(name): \(count) mutated streams, seed \(seedOffset &+ 1): \(figures)")
    }
}
