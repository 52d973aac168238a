import Archive
import ArgumentParser
import Basics
import Catalog
import Cube
import CubeCodec

/// `cubevault restore`.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Give a cube back, whole or in part.",
        discussion: """
            Without options the source files are written as they came, byte for byte, into the \
            current folder. A window or a list of bands is written as ENVI unless --as says \
            otherwise; a latent is decoded only where it is asked for, or where nothing else is \
            kept.

            --window X,Y,W,H: X is the sample (column) and Y the line (row) of the upper left \
            pixel, both counted from 0; W samples by H lines are written.
            --bands LIST: band indices counted from 0, and ranges of them with both ends \
            included, in the order in which they are to be written: 5,50,100-119.
            --wavelengths LIST: nanometres, in the order in which they are to be written. Exact \
            samples are those of the nearest bands, and the report says which; a latent is \
            decoded at the wavelengths themselves, between the network's outputs.

            Examples:
              cubevault restore 3f2a91
              cubevault restore 3f2a91 -o restored/
              cubevault restore 3f2a91 --window 40,100,32,32 --bands 10-20 -o crop.img
              cubevault restore 3f2a91 --wavelengths 640,550,460 --as gtiff
              cubevault restore 3f2a91 --from latent --as npy -o preview.npy
              cubevault restore 3f2a91 --salvage -o rescued/

            --salvage gives back what a damaged archive still holds: all of it where only the \
            header or the index of a blob is damaged; else samples of damaged blocks \
            are filled with the nodata value, or 0, listed, and marked 1 in a mask (…-lost.img) \
            beside the cube; the exit status is 4 then.
            """)

    @OptionGroup var cube: CubeArgument

    @OptionGroup var target: OutputPathOption

    @Option(
        help: ArgumentHelp(
            "Where the samples come from: best (exact where it is kept, else the latent), exact "
                + "or latent.", valueName: "source"))
    var from = RestoreRequest.Source.best

    @Option(help: ArgumentHelp("Pixels to restore.", valueName: "x,y,w,h"))
    var window: PixelWindow?

    @Option(help: ArgumentHelp("Bands to restore, counted from 0.", valueName: "list"))
    var bands: BandList?

    @Option(
        help: ArgumentHelp(
            "Wavelengths to restore instead of bands, in nanometres.", valueName: "list"))
    var wavelengths: WavelengthList?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What is written: envi, gtiff, npy or original.", valueName: "format"))
    var format: RestoreRequest.Format?

    @Flag(help: "Where blocks are damaged, restore the rest, with a mask of what is lost.")
    var salvage = false

    @Flag(help: "Replace files that are there already.")
    var force = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if bands != nil && wavelengths != nil {
            throw ValidationError("--bands and --wavelengths exclude each other")
        }
    }

    func run() throws {
        let opened = try archive.open()
        let id = try cube.resolve(in: opened)
        let request = try self.request(for: opened.catalog.cube(id))
        let progress = output.makeProgress()
        let report = try SignalWatch.guarding(
            advice: "no file was left half-written, and the archive is unchanged; "
                + "run the same command again"
        ) { stop in
            defer { progress.finish() }
            return try Restorer(opened).restore(
                id, request, stop: stop, progress: progress.sink)
        }
        try output.write(report) { text(report) }
        if report.lostRegions != nil { throw ExitCode(ExitStatus.damaged.rawValue) }
    }

    private func request(for cube: CubeRecord) throws -> RestoreRequest {
        var request = RestoreRequest()
        request.source = from
        request.format = format
        request.window = window?.window
        try request.window?.check(inside: cube.description.geometry)
        request.bandIndices = try bands?.indices(in: cube.description.geometry)
        request.wavelengthsNanometers = wavelengths?.nanometers
        request.output = target.outputPath
        request.replaces = force
        request.salvages = salvage
        return request
    }

    private func text(_ report: RestoreReport) -> String {
        var fields = FieldList()
        fields.add("cube", FigureFormat.shortID(report.id.hexadecimal) + "  " + report.name)
        fields.add("geometry", report.geometry.description)
        for file in report.files {
            fields.add("file", "\(file.path)  \(ByteCountFormat.exactText(file.byteCount))")
            fields.add(
                "  SHA-256",
                file.sha256.hexadecimal
                    + equality(file))
        }
        fields.add("samples", samples(report))
        if let wavelengths = report.wavelengthsNanometers {
            let list = wavelengths.map(FigureFormat.nanometers).joined(separator: ", ")
            let how = report.baseVersion == nil ? " (the nearest bands)" : " (interpolated)"
            fields.add("wavelengths", list + how)
        }
        for region in report.lostRegions ?? [] {
            fields.add("  lost", region.placeDescription + ": " + region.reason)
        }
        for file in report.maskFiles ?? [] { fields.add("mask", file.path) }
        fields.add("took", FigureFormat.seconds(report.seconds))
        return fields.text
    }

    private func equality(_ file: RestoreReport.File) -> String {
        switch file.equalsSource {
        case true: "  equals the source"
        case false: "  not the source's: samples are lost"
        case nil: ""
        }
    }

    private func samples(_ report: RestoreReport) -> String {
        if let base = report.baseVersion {
            return "from the latent, base network \(base), "
                + FigureFormat.decibels(report.psnrDecibels) + " over the whole cube"
        }
        let rest = report.lostRegions == nil ? "" : " but for what is lost"
        guard let error = report.maximumAbsoluteError, error > 0 else { return "exact" + rest }
        return "within \(FigureFormat.number(error)) of the original" + rest
    }
}

extension RestoreRequest.Source: ExpressibleByArgument {}
extension RestoreRequest.Format: ExpressibleByArgument {}
