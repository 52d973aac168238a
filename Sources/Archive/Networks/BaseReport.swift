import Basics
import Foundation

/// A base network as the command line shows it; its keys are part of the JSON interface.
public struct BaseReport: Sendable, Codable {
    /// The version, counted from 1.
    public var version: Int
    /// `candidate`, `current`, `previous` or `retired`.
    public var state: String
    /// SHA-256 of its bytes.
    public var digest: SHA256Digest
    /// When it was trained or imported (UTC).
    public var trainedAt: Date
    /// K hidden layers.
    public var hiddenLayerCount: Int
    /// d, the width of a hidden layer.
    public var hiddenWidth: Int
    /// Values in one latent.
    public var latentCount: Int
    /// Outputs of the network.
    public var outputCount: Int
    /// Parameters of Theta+ = {Theta, W_M, b_M}.
    public var parameterCount: Int
    /// One latent per what.
    public var grid: String
    /// Bytes of the network, uncompressed.
    public var byteCount: Int
    /// Cubes whose current latent needs it.
    public var cubeCount: Int
    /// Mean PSNR of those latents; nil where there are none.
    public var meanPSNRDecibels: Double?
    /// Cubes it was trained on.
    public var trainingCubeCount: Int
    /// Outer iterations of its training.
    public var iterationCount: Int
    /// Wall time of its training.
    public var trainingSeconds: Double
}
