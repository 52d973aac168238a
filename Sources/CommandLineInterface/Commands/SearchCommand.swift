import Archive
import ArgumentParser
import Catalog

/// `cubevault search`.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "List the cubes that meet every given condition.",
        discussion: """
            Without conditions all cubes are listed, the newest first.

            Examples:
              cubevault search --sensor aviris --since 2024-05 --until 2024-08-15
              cubevault search --wavelength 400..2400 --bands 150..
              cubevault search --bbox 12.9,52.3,13.2,52.5
              cubevault search --text 'potsdam lake' --tag campaign=summer
              cubevault search --sort psnr:desc --limit 10
              cubevault search --json | jq -r '.[].id'
            """)

    @Option(help: "Part of the sensor's name, in upper or lower case.")
    var sensor: String?

    @Option(
        help: ArgumentHelp(
            "Acquired then or later: an ISO 8601 date or date-time, UTC unless it says otherwise; "
                + "2024 and 2024-05 will do.", valueName: "time"))
    var since: SearchTime?

    @Option(
        help: ArgumentHelp(
            "Acquired then or earlier; a day includes the whole of it.", valueName: "time"))
    var until: SearchTime?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Footprint touches this box in degrees; W may be greater than E, across 180.",
            valueName: "w,s,e,n"))
    var bbox: SearchArea?

    @Option(
        help: ArgumentHelp(
            "Bands cover this range of wavelengths in nanometres.", valueName: "lo..hi"))
    var wavelength: WavelengthRange?

    @Option(
        help: ArgumentHelp("Number of bands; N.. and ..M are open ended.", valueName: "n..m"))
    var bands: BandCountRange?

    @Option(help: "In this collection.")
    var collection: String?

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("Has this tag; may be repeated.", valueName: "k=v"))
    var tags: [TagArgument] = []

    @Option(
        help: ArgumentHelp(
            "Words that begin words of the name, description, sensor, collection, tags or file "
                + "names.", valueName: "words"))
    var text: String?

    @Option(
        help: ArgumentHelp(
            "Sort by \(CubeSort.allCases.map(\.rawValue).joined(separator: ", ")); "
                + "':desc' turns it round. (default: ingested:desc)", valueName: "field[:desc]"))
    var sort: SortOrder?

    @Option(help: ArgumentHelp("List at most so many.", valueName: "n"))
    var limit: Int?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    func run() throws {
        let cubes = try archive.open().catalog.search(query())
        try output.write(cubes) {
            cubes.isEmpty
                ? "no cube meets these conditions\n"
                : CubeTable.text(of: cubes, width: Console.outputWidth)
        }
    }

    private func query() throws -> CubeQuery {
        CubeQuery(
            sensor: sensor, since: since?.first, until: until?.last, bounds: bbox?.boxes ?? [],
            wavelengthNanometers: wavelength?.nanometers, bandCount: bands?.counts,
            collection: collection, tags: try TagArgument.dictionary(tags), text: text,
            sort: sort?.field ?? .ingested, isDescending: sort?.isDescending ?? true, limit: limit)
    }
}
