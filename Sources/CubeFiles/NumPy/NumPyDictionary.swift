import Cube

/// The dictionary in a .npy header: a Python literal with `descr`, `fortran_order` and `shape`.
struct NumPyDictionary {
    private let text: String

    /// Takes the text of a dictionary.
    init(_ text: String, path: String) throws(CubeFilesError) {
        self.text = ENVIHeaderParser.trimmed(text)
        guard self.text.hasPrefix("{"), self.text.hasSuffix("}") else {
            throw .headerInvalid(path: path, reason: "its description is no Python dictionary")
        }
    }

    /// The code of a type in little-endian order.
    static func typeText(of type: SampleType) -> String {
        (type.byteCount == 1 ? "|" : "<") + kind(of: type)
    }

    func samples(path: String) throws(CubeFilesError) -> (SampleType, ByteOrder) {
        guard let match = text.firstMatch(of: /['"]descr['"]\s*:\s*/) else {
            throw missing("descr", path)
        }
        let rest = text[match.range.upperBound...]
        guard let code = rest.prefixMatch(of: /['"]([<>=|]?)([a-zA-Z]\d+)['"]/) else {
            throw .notACube(
                path: path, reason: "its elements are records or objects, not numbers")
        }
        let type = SampleType.allCases.first { Self.kind(of: $0) == code.2 }
        guard let type else {
            let isComplex = code.2.hasPrefix("c")
            throw .notACube(
                path: path,
                reason: isComplex
                    ? "its samples are complex (\(code.2)), which have no spectrum to store"
                    : "elements of type '\(code.2)' are no samples; convert them, "
                        + "for instance with astype('float32')")
        }
        return (type, code.1 == ">" ? .bigEndian : .littleEndian)
    }

    func isFortranOrder(path: String) throws(CubeFilesError) -> Bool {
        guard let match = text.firstMatch(of: /['"]fortran_order['"]\s*:\s*(True|False)/) else {
            throw missing("fortran_order", path)
        }
        return match.1 == "True"
    }

    func geometry(path: String) throws(CubeFilesError) -> CubeGeometry {
        guard let match = text.firstMatch(of: /['"]shape['"]\s*:\s*\(([^)]*)\)/) else {
            throw missing("shape", path)
        }
        let fields = match.1.split(separator: ",").map(ENVIHeaderParser.trimmed)
            .filter { !$0.isEmpty }
        // Python 2 wrote long integers with an L.
        let extents = fields.compactMap { Int($0.hasSuffix("L") ? $0.dropLast() : $0[...]) }
        guard extents.count == fields.count else {
            throw .headerInvalid(path: path, reason: "the shape (\(match.1)) is not whole numbers")
        }
        guard extents.count == 3 else {
            throw .notACube(
                path: path,
                reason: "its array has \(extents.count) dimensions; a cube has three, "
                    + "lines x samples x bands")
        }
        do {
            return try CubeGeometry(lines: extents[0], samples: extents[1], bands: extents[2])
        } catch {
            throw .headerInvalid(path: path, reason: error.description)
        }
    }

    private static func kind(of type: SampleType) -> String {
        let letter = type.isFloatingPoint ? "f" : type.isSignedInteger ? "i" : "u"
        return "\(letter)\(type.byteCount)"
    }

    private func missing(_ key: String, _ path: String) -> CubeFilesError {
        .headerInvalid(path: path, reason: "its dictionary has no '\(key)'")
    }
}
