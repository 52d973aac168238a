import ArgumentParser

/// `-o`: where a verb puts the files it makes.
struct OutputPathOption: ParsableArguments {
    @Option(
        name: .customShort("o"),
        help: ArgumentHelp(
            "A file, or a folder (which ends in / or exists); the current folder where it is "
                + "left out.", valueName: "path"),
        completion: .file())
    var outputPath: String?
}
