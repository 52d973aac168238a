import Foundation
import TestSupport

/// One of the derived uint16 scenes, lines x samples x bands, behind its 128-byte NumPy header.
struct NumPyScene {
    private let values: [UInt16]
    private let bands: Int
    private let isColumnMajor: Bool

    init(_ name: String, bands: Int) throws {
        let data = try Data(contentsOf: URL(filePath: RealScenes.path("derived/" + name)))
        values = [UInt8](data.dropFirst(128)).withUnsafeBytes {
            Array($0.bindMemory(to: UInt16.self))
        }
        self.bands = bands
        isColumnMajor = String(decoding: data.prefix(128), as: UTF8.self)
            .contains("'fortran_order': True")
    }

    /// All samples in the order of a block, [bands][lines][samples].
    func bandSequential(lines: Int) -> [Double] {
        let samples = values.count / bands / lines
        return (0..<bands).flatMap { band in
            (0..<lines).flatMap { line in
                (0..<samples).map { sample in
                    let index =
                        isColumnMajor
                        ? (band * samples + sample) * lines + line
                        : (line * samples + sample) * bands + band
                    return Double(values[index])
                }
            }
        }
    }
}
