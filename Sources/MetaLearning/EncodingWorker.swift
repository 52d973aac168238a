import NeuralField

/// Scratch memory of one thread of an encoding.
///
/// Invariant: one thread at a time uses it.
final class EncodingWorker: @unchecked Sendable {
    let engine: FieldGradientEngine
    /// Pixels of the inner loop.
    let batch: FieldBatch

    init(_ architecture: FieldArchitecture, bandCount: Int, pixelCapacity: Int) {
        engine = FieldGradientEngine(architecture, bandCapacity: bandCount)
        batch = FieldBatch(pixelCapacity: pixelCapacity, bandCount: bandCount)
    }
}
