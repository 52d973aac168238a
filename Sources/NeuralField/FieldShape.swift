import CNeuralField

/// Padded sizes of one network's buffers, in floats.
struct FieldShape {
    static let panelWidth = Int(CNF_PANEL_WIDTH)
    static let pixelMultiple = Int(CNF_PIXEL_MULTIPLE)

    let architecture: FieldArchitecture
    /// d filled up to whole panels.
    let paddedWidth: Int
    /// Distance between the activations of consecutive pixels. One panel more than the width, so
    /// that the rows of a block do not fall onto the same few sets of the first cache.
    let activationStride: Int

    init(_ architecture: FieldArchitecture) {
        self.architecture = architecture
        paddedWidth = architecture.hiddenWidth.roundedUp(to: Self.panelWidth)
        activationStride = paddedWidth + Self.panelWidth
    }

    /// Panels of a hidden layer.
    var panelCount: Int { paddedWidth / Self.panelWidth }

    /// Distance between the outputs of consecutive pixels.
    static func outputStride(rowCount: Int) -> Int {
        rowCount.roundedUp(to: panelWidth) + panelWidth
    }

    /// Inputs of hidden layer `layer` (0-based).
    func depth(ofHiddenLayer layer: Int) -> Int { layer == 0 ? 2 : architecture.hiddenWidth }
}
