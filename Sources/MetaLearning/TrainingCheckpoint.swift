import Basics
import Foundation
import NeuralField

/// The file that an interrupted training resumes from: magic, version, length, contents, SHA-256.
/// It is written beside its place, forced to disk and renamed, so it is always whole.
struct TrainingCheckpoint {
    private static let magic = "CVTRAIN\n"
    private static let version: UInt32 = 2

    let path: String
    /// What the settings and scenes amount to; a checkpoint of another training is refused.
    let fingerprint: SHA256Digest

    func save(_ state: TrainingState) throws {
        var contents = ByteWriter()
        contents.write(bytes: fingerprint.bytes)
        contents.write(UInt64(state.iteration))
        contents.write(state.seconds)
        contents.write(state.smoothedLoss)
        contents.write(UInt64(state.moments.stepCount))
        for values in [
            state.parameters, state.moments.means, state.moments.squares, state.rates,
        ] {
            contents.write(UInt64(values.count))
            contents.write(values)
        }
        var writer = ByteWriter()
        writer.write(magic: Self.magic)
        writer.write(Self.version)
        writer.write(UInt64(contents.bytes.count))
        writer.write(bytes: contents.bytes)
        writer.write(bytes: SHA256Hasher.digest(of: writer.bytes).bytes)
        try DurableFile.write(writer.bytes, to: path)
    }

    /// The saved state; nil where there is no file.
    func load(matching fresh: TrainingState) throws -> TrainingState? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try RandomAccessFile(readingFrom: path)
        // A state has four arrays of known length; anything much longer is not ours.
        let byteLimit = 4 * (3 * fresh.parameters.count + fresh.rates.count) + 1024
        let byteCount = try file.byteCount()
        guard byteCount <= byteLimit else { throw damaged("it is too long") }
        let bytes = try file.bytes(at: 0, byteCount: byteCount)
        do {
            return try parse(bytes, matching: fresh)
        } catch let error as BasicsError {
            throw damaged(error.description)
        }
    }

    private func parse(_ bytes: [UInt8], matching fresh: TrainingState) throws -> TrainingState {
        var reader = ByteReader(bytes, structure: "checkpoint")
        try reader.expect(magic: Self.magic)
        let version = try reader.read(UInt32.self)
        guard version == Self.version else { throw damaged("version \(version) is not known") }
        let digestByteCount = SHA256Digest.byteCount
        let contentByteCount = try reader.read(UInt64.self)
        guard contentByteCount == reader.remainingByteCount - digestByteCount else {
            throw damaged("its length does not match")
        }
        let digest = SHA256Hasher.digest(of: Array(bytes.dropLast(digestByteCount)))
        guard digest.bytes.elementsEqual(bytes.suffix(digestByteCount)) else {
            throw damaged("its checksum does not match")
        }
        guard try reader.readBytes(digestByteCount).elementsEqual(fingerprint.bytes) else {
            throw MetaLearningError.foreignCheckpoint(
                path: path, reason: "its settings or scenes differ")
        }
        return try readState(from: &reader, matching: fresh)
    }

    private func readState(
        from reader: inout ByteReader, matching fresh: TrainingState
    ) throws -> TrainingState {
        var state = fresh
        state.iteration = Int(clamping: try reader.read(UInt64.self))
        state.seconds = try reader.readDouble()
        state.smoothedLoss = try reader.readDouble()
        let stepCount = Int(clamping: try reader.read(UInt64.self))
        func readValues(_ count: Int) throws -> [Float] {
            guard try reader.read(UInt64.self) == count else {
                throw damaged("its arrays have other lengths")
            }
            let values = try reader.readFloats(count)
            guard values.allSatisfy(\.isFinite) else { throw damaged("a value is not finite") }
            return values
        }
        state.parameters = try readValues(fresh.parameters.count)
        state.moments = OptimizerMoments(
            means: try readValues(fresh.parameters.count),
            squares: try readValues(fresh.parameters.count), stepCount: stepCount)
        state.rates = try readValues(fresh.rates.count)
        return state
    }

    private func damaged(_ reason: String) -> MetaLearningError {
        .damagedCheckpoint(path: path, reason: reason)
    }
}
