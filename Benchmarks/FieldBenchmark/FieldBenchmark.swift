import ArgumentParser

/// Measures the neural field for Benchmarks/field.py, which runs plain PyTorch beside it; prints
/// JSON lines.
@main struct FieldBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "field-benchmark", abstract: "Measures the neural field.",
        subcommands: [TrainCommand.self, SpeedCommand.self])
}
