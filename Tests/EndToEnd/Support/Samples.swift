import Foundation
import Testing

/// The samples of a file of little-endian uint16, in file order.
struct Samples {
    /// All of them.
    let values: [UInt16]

    /// A file of nothing but samples.
    init(raw path: String) throws {
        values = Self.values(Array(try Data(contentsOf: URL(filePath: path))))
    }

    /// A NumPy file, version 1: magic, version, length of the header, header, samples.
    init(npy path: String) throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        try #require(bytes.count > 10 && bytes[1...5].elementsEqual("NUMPY".utf8))
        let start = 10 + Int(bytes[8]) + Int(bytes[9]) * 256
        let header = String(decoding: bytes[10..<start], as: UTF8.self)
        try #require(header.contains("'<u2'") && header.contains("False"))
        values = Self.values(Array(bytes[start...]))
    }

    private static func values(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
    }
}
