#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// One array of GDAL's multidimensional model, with its dimensions.
final class NamedArray {
    let handle: GDALMDArrayH
    /// The array's path in the file, such as `/sensor_band_parameters/wavelengths`.
    let fullName: String
    /// Names of the dimensions, slowest first; empty where the format has none.
    let dimensionNames: [String]
    /// Lengths of the dimensions.
    let lengths: [Int]
    /// GDAL_Unknown where the values are not numbers.
    let type: GDALDataType

    /// Takes over an array.
    init(_ handle: GDALMDArrayH) {
        self.handle = handle
        fullName = Metadata.text(GDALMDArrayGetFullName(handle)) ?? ""
        var count = 0
        let dimensions = GDALMDArrayGetDimensions(handle, &count)
        defer { GDALReleaseDimensions(dimensions, count) }
        let list = UnsafeBufferPointer(start: dimensions, count: dimensions == nil ? 0 : count)
        dimensionNames = list.map { Metadata.text(GDALDimensionGetName($0)) ?? "" }
        lengths = list.map { Int(clamping: GDALDimensionGetSize($0)) }
        let extended = GDALMDArrayGetDataType(handle)
        defer { GDALExtendedDataTypeRelease(extended) }
        let isNumeric = GDALExtendedDataTypeGetClass(extended) == GEDTC_NUMERIC
        type = isNumeric ? GDALExtendedDataTypeGetNumericDataType(extended) : GDT_Unknown
    }

    deinit { GDALMDArrayRelease(handle) }

    /// The name without its groups.
    var shortName: String { fullName.split(separator: "/").last.map(String.init) ?? fullName }

    /// The unit attribute; nil where there is none.
    var unit: String? { Metadata.text(GDALMDArrayGetUnit(handle)) }

    /// Indices of the dimensions that an image can use: all but those of length 1 before the last
    /// three (a single moment, a single level).
    var imageAxes: [Int] {
        var axes = Array(lengths.indices)
        while axes.count > 3, let single = axes.first(where: { lengths[$0] == 1 }) {
            axes.removeAll { $0 == single }
        }
        return axes
    }

    /// Whether it has numbers in two or three dimensions that are not all of length 1.
    var isImage: Bool {
        SampleType(gdalType: type) != nil && (2...3).contains(imageAxes.count)
            && !lengths.contains(0) && imageAxes.count(where: { lengths[$0] > 1 }) >= 2
    }

    /// For lists of candidates.
    var candidate: HelperCandidate {
        HelperCandidate(name: fullName, shape: lengths, typeName: SampleType.name(of: type))
    }

    /// All values of a list of at most `limit`; nil where it is longer, or cannot be read.
    func list(ofAtMost limit: Int) -> [Double]? {
        guard lengths.count == 1, lengths[0] > 0, lengths[0] <= limit, type != GDT_Unknown
        else {
            return nil
        }
        var values = [Double](repeating: 0, count: lengths[0])
        let read = values.withUnsafeMutableBytes { buffer in
            self.read(
                starts: [0], counts: lengths, bufferSteps: [1], as: GDT_Float64, into: buffer)
        }
        return read ? values : nil
    }

    /// Reads a box into a buffer whose steps along each dimension are counted in values.
    func read(
        starts: [Int], counts: [Int], bufferSteps: [Int], as type: GDALDataType,
        into buffer: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let extended = GDALExtendedDataTypeCreate(type)
        defer { GDALExtendedDataTypeRelease(extended) }
        return GDALMDArrayRead(
            handle, starts.map { UInt64($0) }, counts, nil, bufferSteps.map { Int64($0) },
            extended,
            buffer.baseAddress, buffer.baseAddress, buffer.count) != 0
    }
}
#endif
