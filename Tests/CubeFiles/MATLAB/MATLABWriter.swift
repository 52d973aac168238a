/// Builds an uncompressed v5 file byte by byte, for what libmatio does not write: narrow storage,
/// the other byte order, lies.
struct MATLABWriter {
    var isBigEndian = false
    private(set) var bytes: [UInt8] = []

    init(isBigEndian: Bool = false) { self.isBigEndian = isBigEndian }

    mutating func header() {
        bytes = [UInt8](repeating: 0x20, count: 124)
        bytes += isBigEndian ? [1, 0, 0x4D, 0x49] : [0, 1, 0x49, 0x4D]
    }

    /// A matrix element of a class and a stored type, by their numbers in the format's description.
    mutating func matrix(
        _ name: String, class number: UInt32, dimensions: [UInt32], type: UInt32, values: [UInt8]
    ) {
        let body =
            element(6, word(number) + word(0)) + element(5, dimensions.flatMap { word($0) })
            + element(1, Array(name.utf8)) + element(type, values)
        bytes += word(14) + word(UInt32(body.count)) + body
    }

    private func element(_ type: UInt32, _ content: [UInt8]) -> [UInt8] {
        let padding = [UInt8](repeating: 0, count: (8 - content.count % 8) % 8)
        return word(type) + word(UInt32(content.count)) + content + padding
    }

    private func word(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { Array($0) }
    }
}
