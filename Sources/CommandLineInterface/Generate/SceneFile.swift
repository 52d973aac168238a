import Basics
import Cube
import CubeFiles
import Foundation

/// The file, or pair of files, that one scene is written to.
///
/// Invariant: until all of it is there it has a name that a watch folder leaves alone; an ENVI
/// header comes last, since it completes the pair.
struct SceneFile {
    /// The files' final paths, the one with the samples first.
    let paths: [String]
    /// Pieces of the scene that can be written in any order.
    let windows: [CubeWindow]
    /// Writes one piece; safe from several threads.
    let write: @Sendable (SampleBlock) throws -> Void
    private let complete: () throws -> Void

    private static let blockByteCount = 8 << 20

    /// Creates the files of a scene that will be called `stem`, a path without extension.
    ///
    /// - Throws: ``Basics/BasicsError`` where they cannot be written,
    ///   ``CommandLineError/badRequest(reason:)`` where the format cannot hold the scene.
    init(
        _ format: SceneFormat, stem: String, interleave: Interleave, description: CubeDescription
    ) throws {
        paths = Self.paths(format, stem: stem)
        let temporary = paths[0] + ".part"
        switch format {
        case .envi:
            let layout = ENVIBinaryLayout(interleave: interleave)
            let writer = try ENVIBinaryWriter(
                creating: temporary, description: description, layout: layout)
            let header = ENVIHeaderText(description, layout: layout)
            windows = Self.lines(of: description)
            write = { try writer.write($0) }
            complete = { [paths] in
                try writer.finish()
                try FileOperations.real.rename(temporary, paths[0])
                try DurableFile.write(header.bytes, to: paths[1])
            }
        case .npy:
            let writer = try NumPyWriter(creating: temporary, description: description)
            windows = Self.lines(of: description)
            write = { try writer.write($0) }
            complete = { [paths] in
                try writer.finish()
                try FileOperations.real.rename(temporary, paths[0])
            }
        case .mat:
            let writer = try MATLABSceneWriter(creating: temporary, description: description)
            windows = Self.columns(of: description)
            write = { try writer.write($0) }
            complete = { [paths] in
                try writer.finish()
                try FileOperations.real.rename(temporary, paths[0])
            }
        }
    }

    /// Gives the files their names, once every window is written.
    func finish() throws { try complete() }

    /// Removes what was written of a scene that is not completed.
    func discard() {
        // A leftover .part file is harmless, and the error that led here matters more.
        try? FileManager.default.removeItem(atPath: paths[0] + ".part")
    }

    /// Where the files of a scene are.
    static func paths(_ format: SceneFormat, stem: String) -> [String] {
        switch format {
        case .envi: [stem + ".img", stem + ".hdr"]
        case .npy: [stem + ".npy"]
        case .mat: [stem + ".mat"]
        }
    }

    private static func lines(of description: CubeDescription) -> [CubeWindow] {
        description.lineRanges(ofAtMost: blockByteCount).map {
            CubeWindow(lines: $0, of: description.geometry)
        }
    }

    /// Full-height columns, which lie together in MATLAB's order.
    private static func columns(of description: CubeDescription) -> [CubeWindow] {
        let geometry = description.geometry
        let columnByteCount = geometry.lines * geometry.bands * description.sampleType.byteCount
        let step = max(1, blockByteCount / columnByteCount)
        return stride(from: 0, to: geometry.samples, by: step).map {
            CubeWindow(
                lines: 0..<geometry.lines, samples: $0..<min($0 + step, geometry.samples))
        }
    }
}
