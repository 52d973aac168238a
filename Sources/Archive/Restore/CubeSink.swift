import Cube
import CubeFiles
import Foundation

/// Writes restored samples in one of the formats that users ask for.
struct CubeSink {
    /// Writes a block of the restored cube.
    let write: (SampleBlock) throws -> Void
    /// Completes the files.
    let finish: () throws -> Void

    /// Opens the files of one format under their temporary names.
    init(
        _ format: RestoreRequest.Format, name: String, description: CubeDescription,
        names: OutputNames, outputs: OutputFiles
    ) throws {
        switch format {
        case .envi, .original:
            let binary = names.path(named: name + ".img")
            let header = OutputNames.header(ofBinary: binary)
            let layout = ENVIBinaryLayout(interleave: .bsq)
            let writer = try ENVIBinaryWriter(
                creating: outputs.add(binary), description: description, layout: layout)
            let text = ENVIHeaderText(description, layout: layout)
            try Data(text.bytes).write(to: URL(filePath: outputs.add(header)))
            write = { try writer.write($0) }
            finish = { try writer.finish() }
        case .npy:
            let writer = try NumPyWriter(
                creating: outputs.add(names.path(named: name + ".npy")), description: description)
            write = { try writer.write($0) }
            finish = { try writer.finish() }
        case .gtiff:
            let path = try outputs.add(names.path(named: name + ".tif"))
            let writer = try GeoTIFFWriter(
                path: path, description: description, helper: GDALHelper.required(for: path))
            write = { try writer.write($0) }
            finish = { try writer.finish() }
        }
    }
}
