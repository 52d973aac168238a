import ArgumentParser

/// Measures the neural field for Benchmarks/run.sh, which runs its peers beside it; prints JSON
/// lines.
@main struct FieldBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "field-benchmark", abstract: "Measures the neural field.",
        subcommands: [TrainCommand.self, SpeedCommand.self, UnseenCommand.self, ChartCommand.self])
}
