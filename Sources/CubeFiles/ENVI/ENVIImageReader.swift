import Cube

/// Reads the keys of an ENVI header that decide how its binary is read.
struct ENVIImageReader {
    let header: ENVIHeader
    var warnings: [String] = []

    init(_ header: ENVIHeader) { self.header = header }

    /// Refuses headers of files that hold something else than an image cube.
    mutating func checkFileType() throws(CubeFilesError) {
        guard let type = header.value(of: "file type") else { return }
        let known = type.lowercased()
        let refusals = [
            ("spectral library", "it is a spectral library, whose rows are spectra, not an image"),
            ("classification", "it is a classification, whose values are classes, not spectra"),
            ("virtual mosaic", "it is a virtual mosaic, which only names other files"),
            ("meta file", "it is a meta file, which only names other files"),
        ]
        for (part, reason) in refusals where known.contains(part) {
            throw .notACube(path: header.path, reason: reason)
        }
        if known.hasPrefix("envi") { return }
        for format in ["tiff", "nitf", "hdf", "netcdf", "jpeg", "erdas", "pci", "bmp"]
        where known.contains(format) {
            throw .notACube(
                path: header.path,
                reason: "its file type is '\(type)': open the file that it describes instead")
        }
        warnings.append("the file type '\(type)' is unknown; read as an ENVI standard image")
    }

    func geometry() throws(CubeFilesError) -> CubeGeometry {
        let samples = try requiredInteger("samples")
        let lines = try requiredInteger("lines")
        let bands = try requiredInteger("bands")
        for key in ["major frame offsets", "minor frame offsets"] {
            for offset in header.list(of: key) ?? [] where Self.integer(offset) != 0 {
                throw .headerInvalid(
                    path: header.path,
                    reason: "'\(key)' says that bytes lie between the samples, "
                        + "which is not supported; write the file without them")
            }
        }
        do {
            return try CubeGeometry(lines: lines, samples: samples, bands: bands)
        } catch {
            throw .headerInvalid(path: header.path, reason: error.description)
        }
    }

    func sampleType() throws(CubeFilesError) -> SampleType {
        let code = try requiredInteger("data type")
        if ENVIDataType.isComplex(code: code) {
            throw .notACube(
                path: header.path,
                reason: "data type \(code) means complex samples, which have no spectrum to store")
        }
        guard let type = ENVIDataType.sampleType(code: code) else {
            throw .headerInvalid(
                path: header.path,
                reason: "data type \(code) is none of 1, 2, 3, 4, 5, 12, 13, 14, 15")
        }
        return type
    }

    /// With one band all three orders are the same, so that a missing or misspelt one does no harm.
    mutating func interleave(bandCount: Int) throws(CubeFilesError) -> Interleave {
        let text = try agreedValue("interleave")
        if let known = text.flatMap({ Interleave(rawValue: $0.lowercased()) }) { return known }
        if bandCount == 1 {
            if let text {
                warnings.append("the interleave '\(text)' is unknown; one band has none")
            }
            return .bsq
        }
        guard let text else { throw missing("interleave") }
        throw .headerInvalid(
            path: header.path,
            reason: "the interleave '\(text)' is none of bsq, bil, bip; correct the header")
    }

    mutating func byteOrder(of type: SampleType) throws(CubeFilesError) -> ByteOrder {
        switch try integer("byte order") {
        case 0: return .littleEndian
        case 1: return .bigEndian
        case nil:
            if type.byteCount > 1 {
                warnings.append("the header states no byte order; little-endian is taken")
            }
            return .littleEndian
        case let code?:
            throw .headerInvalid(
                path: header.path, reason: "byte order \(code) is neither 0 nor 1")
        }
    }

    func headerOffset(
        geometry: CubeGeometry, sampleType: SampleType
    ) throws(CubeFilesError) -> Int {
        let offset = try integer("header offset") ?? 0
        let sampleByteCount = geometry.sampleCount * sampleType.byteCount
        guard offset >= 0, !offset.addingReportingOverflow(sampleByteCount).overflow else {
            throw .headerInvalid(
                path: header.path, reason: "a header offset of \(offset) bytes is impossible")
        }
        return offset
    }

    func isCompressed() throws(CubeFilesError) -> Bool {
        let code = try integer("file compression") ?? 0
        guard code == 0 || code == 1 else {
            throw .headerInvalid(
                path: header.path, reason: "file compression \(code) is neither 0 nor 1 (gzip)")
        }
        return code == 1
    }

    func sensor() -> String? {
        guard let sensor = header.value(of: "sensor type") else { return nil }
        return ["unknown", "none", "?"].contains(sensor.lowercased()) ? nil : sensor
    }

    /// The data ignore value as samples of this type have it: a header's decimal digits often fall
    /// beside the nearest 4-byte float.
    mutating func nodataValue(of type: SampleType) -> Double? {
        guard let text = header.value(of: "data ignore value") else { return nil }
        guard let value = Double(text) else {
            warnings.append("the data ignore value '\(text)' is not a number; left aside")
            return nil
        }
        guard value.isFinite else { return nil }
        guard type == .float32 else { return value }
        let nearest = Double(Float(value))
        return nearest.isFinite ? nearest : value
    }

    /// A whole decimal number, also when it is written as `3.0` or `1e3`.
    static func integer(_ text: String) -> Int? {
        guard text.utf8.allSatisfy("0123456789+-.eE".utf8.contains) else { return nil }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }

    private func requiredInteger(_ key: String) throws(CubeFilesError) -> Int {
        guard let value = try integer(key) else { throw missing(key) }
        return value
    }

    private func integer(_ key: String) throws(CubeFilesError) -> Int? {
        guard let text = try agreedValue(key) else { return nil }
        guard let value = Self.integer(text) else {
            throw .headerInvalid(
                path: header.path,
                reason: "'\(key) = \(text.prefix(40))' is not a whole number that fits in 64 bits")
        }
        return value
    }

    /// A value that decides how samples are read must not be given twice differently.
    private func agreedValue(_ key: String) throws(CubeFilesError) -> String? {
        let values = header.values(of: key)
        guard values.count < 2 else {
            throw .headerInvalid(
                path: header.path,
                reason: "'\(key)' is given \(values.count) different values: "
                    + values.sorted().prefix(4).joined(separator: ", "))
        }
        return header.value(of: key)
    }

    private func missing(_ key: String) -> CubeFilesError {
        .headerIncomplete(path: header.path, reason: "the key '\(key)' is missing")
    }
}
