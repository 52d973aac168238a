#if GDAL
import CGDAL
import Cube

/// GDAL's types, by name, because 64-bit integers have a name only since GDAL 3.5.
extension SampleType {
    private var gdalName: String {
        switch self {
        case .uint8: "Byte"
        case .int16: "Int16"
        case .uint16: "UInt16"
        case .int32: "Int32"
        case .uint32: "UInt32"
        case .int64: "Int64"
        case .uint64: "UInt64"
        case .float32: "Float32"
        case .float64: "Float64"
        }
    }

    /// GDAL's number of the type; nil where this GDAL does not know it.
    var gdalType: GDALDataType? {
        let type = GDALGetDataTypeByName(gdalName)
        return type == GDT_Unknown ? nil : type
    }

    /// The sample type of a GDAL type; nil for complex numbers and 8-bit signed integers.
    init?(gdalType: GDALDataType) {
        guard let name = GDALGetDataTypeName(gdalType).map({ String(cString: $0) }),
            let type = Self.allCases.first(where: { $0.gdalName == name })
        else { return nil }
        self = type
    }

    /// How a type is called in lists of candidates.
    static func name(of gdalType: GDALDataType) -> String {
        if let type = SampleType(gdalType: gdalType) { return type.rawValue }
        return GDALGetDataTypeName(gdalType).map { String(cString: $0) } ?? "unknown"
    }
}
#endif
