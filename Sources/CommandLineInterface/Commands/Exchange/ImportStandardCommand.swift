import Archive
import ArgumentParser
import Basics
import Cube

/// `cubevault import-ccsds`.
struct ImportStandardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-ccsds",
        abstract: "Decode a CCSDS 123.0-B-2 stream into a cube file.",
        discussion: """
            Decodes one stream of the standard, whoever wrote it, into an ENVI header and binary \
            (or NumPy, or GeoTIFF), which everything reads; 'cubevault ingest' archives it then. \
            No archive is needed. The samples take the narrowest type that holds the stream's bit \
            depth: uint8, int16, uint16, int32 or uint32.

            A stream says nothing of wavelengths, place or nodata beyond its own tables: --hdr \
            takes them from an ENVI header of the same geometry.

            Examples:
              cubevault import-ccsds scene.c123
              cubevault import-ccsds scene.c123 -o cubes/scene.img --hdr original.hdr
              cubevault import-ccsds scene.c123 -o scene.img && cubevault ingest scene.img
            """)

    @Argument(help: "The stream.", completion: .file())
    var path: String

    @OptionGroup var target: OutputPathOption

    @Option(
        help: ArgumentHelp(
            "An ENVI header to take wavelengths, sensor, place and nodata from.",
            valueName: "file"),
        completion: .file())
    var hdr: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What is written: envi, npy or gtiff.", valueName: "format"))
    var format = RestoreRequest.Format.envi

    @Flag(help: "Replace files that are there already.")
    var force = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard format != .original else {
            throw ValidationError("--as must be envi, npy or gtiff")
        }
    }

    func run() throws {
        var importer = StandardImporter()
        importer.output = target.outputPath
        importer.format = format
        importer.headerPath = hdr
        importer.replaces = force
        let progress = output.makeProgress()
        let report = try SignalWatch.guarding(advice: "nothing was written") { [importer] stop in
            defer { progress.finish() }
            return try importer.importStream(path, stop: stop, progress: progress.sink)
        }
        try output.write(report) { text(report) }
    }

    private func text(_ report: StandardImportReport) -> String {
        var fields = FieldList()
        for file in report.files { fields.add("file", file) }
        fields.add("geometry", report.geometry.description)
        fields.add(
            "samples",
            "\(report.sampleType.rawValue), \(report.bitDepth) bits in the stream, "
                + (report.isLossless ? "lossless" : "with error limits"))
        fields.add("took", FigureFormat.seconds(report.seconds))
        return fields.text
    }
}
