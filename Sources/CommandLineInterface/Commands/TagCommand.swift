import Archive
import ArgumentParser
import Basics

/// `cubevault tag`.
struct TagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Change a cube's tags and collection.",
        discussion: """
            Examples:
              cubevault tag 3f2a91 campaign=summer cloud=3%
              cubevault tag 3f2a91 --remove cloud
              cubevault tag 3f2a91 --collection potsdam
              cubevault tag 3f2a91 --no-collection
            """)

    @OptionGroup var cube: CubeArgument

    @Argument(help: ArgumentHelp("Tags to set.", valueName: "k=v"))
    var tags: [TagArgument] = []

    @Option(help: ArgumentHelp("A tag to remove; may be repeated.", valueName: "key"))
    var remove: [String] = []

    @Option(help: ArgumentHelp("Put the cube into this collection.", valueName: "name"))
    var collection: String?

    @Flag(name: .customLong("no-collection"), help: "Take the cube out of its collection.")
    var leavesCollection = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if tags.isEmpty && remove.isEmpty && collection == nil && !leavesCollection {
            throw ValidationError("say what to change")
        }
        if collection != nil && leavesCollection {
            throw ValidationError("--collection and --no-collection contradict each other")
        }
    }

    func run() throws {
        let id = try cube.resolve(in: archive.open())
        let change = LabelChange(
            cube: id, tags: try TagArgument.dictionary(tags), removedTags: remove,
            collection: collection, leavesCollection: leavesCollection)
        let labels = try WriterTask(archive: archive, output: output).perform(
            .label(change), as: CubeLabels.self, advice: "the archive is consistent")
        try output.write(labels) {
            var fields = FieldList()
            fields.add("cube", FigureFormat.shortID(labels.id.hexadecimal) + "  " + labels.name)
            fields.add("collection", labels.collection ?? FigureFormat.none)
            for (key, value) in labels.tags.sorted(by: { $0.key < $1.key }) {
                fields.add("tag", "\(key) = \(value)")
            }
            return fields.text
        }
    }
}
