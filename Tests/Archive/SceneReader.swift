import Cube
import CubeFiles

/// The samples of a file, read without any archive.
struct SceneReader: CubeSource {
    private let source: any CubeSource

    init(path: String) throws {
        let opener = CubeOpener()
        source = try opener.open(opener.fileSet(for: path), variable: nil).source
    }

    var description: CubeDescription { source.description }

    func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        try source.read(window, bandIndices: bandIndices)
    }
}
