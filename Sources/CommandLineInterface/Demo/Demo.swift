import Archive
import Basics
import Catalog
import Foundation

/// The script of the demo.
struct Demo {
    /// Where and how commands are run.
    let stage: DemoStage

    private static let sceneCount = 6

    /// Plays the whole demo.
    func run() throws {
        try prepare()
        stage.title(
            "The daemon watches \(stage.archive)/ingest; an instrument drops its cubes there")
        let daemon = try stage.startDaemon()
        defer {
            daemon.terminate()
            daemon.waitUntilExit()
        }
        try drop()
        try waitUntilEncoded()
        stage.title("The catalog: every cube is kept exactly and has a latent of a few bytes")
        try stage.run("search")
        try stage.run("base", "list")
        let cubes = try Archive(opening: stage.archive).catalog.search(
            CubeQuery(sort: .name, isDescending: false))
        try restore(cubes)
        try rotate()
        try look(cubes)
        try stage.run("check", "--read-data")
        sayWhatNext(cubes)
    }

    private func prepare() throws {
        stage.title("Make an archive, and scenes of two sensors with different wavelength grids")
        try stage.run("init", stage.archive)
        try Data(Self.settings.utf8).write(to: URL(filePath: stage.archive + "/cubevault.toml"))
        try stage.run(
            "generate", stage.scenes, "--scenes", "3", "--sensor", "vnir", "--lines", "96",
            "--samples", "96", "--interleave", "bil", "--seed", "11")
        try stage.run(
            "generate", stage.scenes, "--scenes", "1", "--sensor", "full", "--lines", "96",
            "--samples", "96", "--interleave", "bip", "--seed", "21")
        try stage.run(
            "generate", stage.scenes, "--scenes", "1", "--sensor", "full", "--lines", "96",
            "--samples", "96", "--interleave", "bsq", "--seed", "31")
        try stage.run(
            "generate", stage.scenes, "--scenes", "1", "--sensor", "full", "--lines", "96",
            "--samples", "96", "--format", "mat", "--seed", "41")
    }

    /// What a demo needs to be quick; a real archive keeps the defaults.
    private static let settings = """
        [field]
        hidden_layer_count = 6
        hidden_width = 96
        [training]
        first_after_cube_count = \(sceneCount)
        quiet_seconds = 1.0
        time_limit_seconds = 30.0
        [daemon]
        settle_seconds = 1.0
        """

    private func drop() throws {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: stage.scenes).sorted() {
            try files.copyItem(
                atPath: stage.scenes + "/" + name, toPath: stage.archive + "/ingest/" + name)
        }
        Console.write("$ cp \(stage.scenes)/* \(stage.archive)/ingest/\n")
    }

    /// Follows the daemon until every cube has its latent; the first training is its own doing.
    private func waitUntilEncoded() throws {
        stage.title("The daemon archives them, trains its first base network, and encodes them")
        try follow { status in
            status.cubeCount == Self.sceneCount && status.currentBase != nil
                && status.pendingLatentCount == 0
        }
    }

    /// Shows what the daemon does until the archive's status is as it should be.
    private func follow(until isDone: (ArchiveStatus) -> Bool) throws {
        let progress = ConsoleProgress(Console.errorIsTerminal ? .bar : .lines)
        defer { progress.finish() }
        let deadline = Date().addingTimeInterval(240)
        while Date() < deadline {
            let status = try Archive(opening: stage.archive).status()
            if isDone(status) { return }
            if let entry = status.progress.first { progress.show(entry.report) }
            usleep(300_000)
        }
        throw CommandLineError.demoStepFailed(command: "cubevaultd", status: 0)
    }

    private func restore(_ cubes: [CubeSummary]) throws {
        guard let cube = cubes.first(where: { $0.format == "envi" }) else { return }
        let id = FigureFormat.shortID(cube.id.hexadecimal)
        stage.title("Restore a cube exactly: its SHA-256 equals the source's")
        try stage.run("restore", id, "-o", stage.restored + "/")
        for name in ["\(cube.name).hdr", "\(cube.name).img"] {
            let source = try SHA256Hasher.digest(ofFile: stage.scenes + "/" + name)
            let copy = try SHA256Hasher.digest(ofFile: stage.restored + "/" + name)
            guard source == copy else {
                throw CommandLineError.demoStepFailed(command: "restore \(id)", status: 1)
            }
            Console.write("\(source)  \(name)  source\n\(copy)  \(name)  restored: equal\n")
        }
        stage.title("Restore it from its latent alone")
        try stage.run(
            "restore", id, "--from", "latent", "--as", "npy", "-o",
            stage.restored + "/\(cube.name)-latent.npy")
    }

    private func rotate() throws {
        stage.title("Rotate the base network: train the next one, re-encode, keep what is better")
        try stage.run("base", "train", "--init-from", "1", "--time-limit", "20")
        try stage.run("base", "rotate")
        // The daemon takes the cubes one by one; a network that was refused leaves nothing to do.
        try follow { $0.rotation?.remainingCubeCount == 0 }
        try stage.run("base", "list")
    }

    private func look(_ cubes: [CubeSummary]) throws {
        guard let cube = cubes.last else { return }
        stage.title("Look at a cube")
        let id = FigureFormat.shortID(cube.id.hexadecimal)
        try stage.run("show", id)
        try stage.run(
            "quicklook", id, "--from", "both", "-o", stage.folder + "/quicklook.png")
    }

    private func sayWhatNext(_ cubes: [CubeSummary]) {
        let id = cubes.first.map { FigureFormat.shortID($0.id.hexadecimal) } ?? "ID"
        stage.title("What to try next")
        Console.write(
            """
            export CUBEVAULT_ARCHIVE=\(stage.archive)
            cubevault search --wavelength 1000..2400 --json
            cubevault restore \(id) --window 10,20,16,16 --bands 5,50 --as npy
            cubevault quicklook \(id) -o look.png
            cubevault base rollback
            cubevault ingest your-own-cube.hdr
            cubevault help

            """)
    }
}
