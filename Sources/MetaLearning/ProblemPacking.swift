import NeuralField

/// The cells of all scenes that can be learnt; scenes with the same bands share an output layer.
struct ProblemPacking {
    private(set) var problems: [CellProblem] = []
    private(set) var outputs: [PackedOutput] = []

    init(scenes: [ScenePixels], bandGrid: BandGrid, parameters: FieldParameters) {
        var known: [OutputMap: PackedOutput] = [:]
        for scene in scenes {
            let (columns, map) = scene.match(onto: bandGrid)
            guard !columns.isEmpty else { continue }
            let output =
                known[map] ?? PackedOutput(parameters, map: map, forGradients: true)
            if known[map] == nil { outputs.append(output) }
            known[map] = output
            for range in scene.pixelRanges where !range.isEmpty {
                problems.append(
                    CellProblem(
                        scene: scene, pixelRange: range, columns: columns, output: output))
            }
        }
    }
}
