import Archive
import ArgumentParser
import Basics
import Catalog
import Cube
import CubeCodec

/// `cubevault export-ccsds`.
struct ExportStandardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-ccsds",
        abstract: "Write a cube as one standard CCSDS 123.0-B-2 stream.",
        discussion: """
            The exact samples of a cube, or of a window and some bands of it, as any conforming \
            decoder reads them: header and body of the standard (February 2019) and nothing else. \
            The stream is decoded and compared before the file gets its name. The standard's \
            free parameters are searched, which takes some seconds.

            The standard holds whole numbers of at most 32 bits; other cubes are refused. It is \
            one piece, so the exported part must fit into memory (about 16 bytes a sample).

            Examples:
              cubevault export-ccsds 3f2a91 scene.c123
              cubevault export-ccsds 3f2a91 crop.c123 --window 0,0,64,64 --bands 10-40
              cubevault export-ccsds 3f2a91 scene.c123 --order bip --coder sample-adaptive
              cubevault export-ccsds 3f2a91 scene.c123 --max-error 2
            """)

    @OptionGroup var cube: CubeArgument

    @Argument(help: "The file to write.", completion: .file())
    var path: String

    @Option(help: ArgumentHelp("Pixels to write.", valueName: "x,y,w,h"))
    var window: PixelWindow?

    @Option(help: ArgumentHelp("Bands to write, counted from 0.", valueName: "list"))
    var bands: BandList?

    @Option(help: ArgumentHelp("Order of the samples in the stream.", valueName: "bsq|bil|bip"))
    var order = Interleave.bsq

    @Option(
        help: ArgumentHelp(
            "The entropy coder: hybrid or sample-adaptive.", valueName: "coder"))
    var coder = StandardStreamOptions.Coder.hybrid

    @Option(
        help: ArgumentHelp(
            "Keep every sample within n of the archived one; nodata is a sample like others here.",
            valueName: "n"))
    var maxError = 0

    @Flag(help: "Leave the parameters as they suit most cubes: quicker, some 13 % longer.")
    var noSearch = false

    @Flag(help: "Send wavelengths along, as tables that some readers do not know.")
    var wavelengths = false

    @Flag(help: "Replace a file that is there already.")
    var force = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65_535).contains(maxError) else {
            throw ValidationError("--max-error must be 0 to 65535")
        }
    }

    func run() throws {
        let opened = try archive.open()
        let id = try cube.resolve(in: opened)
        let request = try self.request(in: opened.catalog.cube(id).description.geometry)
        let progress = output.makeProgress()
        let report = try SignalWatch.guarding(advice: "nothing was written") { stop in
            defer { progress.finish() }
            return try StandardExporter(opened).export(
                id, request, stop: stop, progress: progress.sink)
        }
        try output.write(report) { text(report) }
    }

    private func request(in geometry: CubeGeometry) throws -> StandardExportRequest {
        var request = StandardExportRequest(path: path)
        request.window = window?.window
        try request.window?.check(inside: geometry)
        request.bandIndices = try bands?.indices(in: geometry)
        request.options.order = order
        request.options.coder = coder
        request.options.maximumError = maxError
        request.options.searchesParameters = !noSearch
        request.options.writesWavelengths = wavelengths
        request.replaces = force
        return request
    }

    private func text(_ report: StandardExportReport) -> String {
        var fields = FieldList()
        fields.add("cube", FigureFormat.shortID(report.id.hexadecimal) + "  " + report.name)
        fields.add("file", "\(report.path)  \(ByteCountFormat.exactText(report.byteCount))")
        fields.add("  SHA-256", report.sha256.hexadecimal)
        fields.add("geometry", report.geometry.description)
        fields.add(
            "stream",
            "\(report.bitDepth)-bit \(report.isSigned ? "signed" : "unsigned"), "
                + "\(report.order.rawValue), \(report.coder.rawValue) coder, "
                + FigureFormat.bitsPerSample(report.bitsPerSample))
        let error = report.maximumAbsoluteError
        fields.add(
            "samples", error == 0 ? "as archived" : "within \(error) of the archived ones")
        if report.archivedMaximumAbsoluteError > 0 {
            let archived = FigureFormat.number(report.archivedMaximumAbsoluteError)
            fields.add("archived", "within \(archived) of the original")
        }
        fields.add("took", FigureFormat.seconds(report.seconds))
        return fields.text
    }
}

extension StandardStreamOptions.Coder: ExpressibleByArgument {}
