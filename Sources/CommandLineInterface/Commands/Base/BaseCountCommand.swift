import Archive
import ArgumentParser

/// `cubevault base count`.
struct BaseCountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "Count what a network and its latents would cost.",
        discussion: """
            Nothing is trained and no archive is touched. Parameters are shared by all cells that \
            a network serves; latents are each cell's own. The sizes that are not given are the \
            default settings'.

            Examples:
              cubevault base count --bands 220
              cubevault base count --bands 270 --layers 5 --width 10 --rows 7 --columns 7 \
            --network-per-row
            """)

    @Option(help: ArgumentHelp("Bands.", valueName: "n"))
    var bands: Int

    @Option(help: ArgumentHelp("K, hidden layers.", valueName: "n"))
    var layers = Settings().field.hiddenLayerCount

    @Option(help: ArgumentHelp("d, width of a hidden layer.", valueName: "n"))
    var width = Settings().field.hiddenWidth

    @Option(help: ArgumentHelp("Values of each latent.", valueName: "n"))
    var latent = Settings().field.latentCount

    @Option(help: ArgumentHelp("Rows of cells.", valueName: "n"))
    var rows = 1

    @Option(help: ArgumentHelp("Columns of cells.", valueName: "n"))
    var columns = 1

    @Flag(help: "Count a network for each row of cells, as in the paper's section 5.")
    var networkPerRow = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(rows), (1...1_000_000).contains(columns) else {
            throw ValidationError("--rows and --columns must be 1 to 1000000")
        }
    }

    func run() throws {
        let count = try FieldCount(
            hiddenLayerCount: layers, hiddenWidth: width, latentCount: latent, outputCount: bands,
            rows: rows, columns: columns, hasNetworkPerRow: networkPerRow)
        try output.write(FieldCountReport(count)) { text(of: count) }
    }

    private func text(of count: FieldCount) -> String {
        var fields = FieldList()
        fields.add("networks", "\(count.networkCount)")
        fields.add("hidden layers", "\(count.hiddenParameterCount)")
        fields.add("output weights", "\(count.outputWeightCount)")
        fields.add("W_M and b_M", "\(count.modulationParameterCount)")
        fields.add("latents", "\(count.latentValueCount) in \(count.cellCount) cells")
        fields.add("without output biases", "\(count.countWithoutOutputBiases)")
        fields.add("output biases", "\(count.outputBiasCount)")
        fields.add("in all", "\(count.count)")
        fields.add("as float32", ByteCountFormat.exactText(count.float32ByteCount))
        return fields.text
    }
}
