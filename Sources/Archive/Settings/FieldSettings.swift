/// Settings of `[field]`, in the paper's terms.
public struct FieldSettings: Sendable, Equatable {
    /// K, the number of hidden layers.
    public var hiddenLayerCount = 10
    /// d, the width of a hidden layer.
    public var hiddenWidth = 128
    /// Values in one latent phi.
    public var latentCount = 32
    /// w0, the frequency of the sines.
    public var omega = 15.0
    /// One latent per `scene`, per cell of `cells ROWSxCOLUMNS`, or per `tiles LINESxSAMPLES`.
    public var grid = "scene"
    /// Band centres nearer than this share one output of the network.
    public var mergeNanometers = 1.0
}
