#if GDAL
import CGDAL
import ContainerFormats

/// A netCDF, HDF5 or HDF4 file as GDAL's multidimensional model has it: a tree of groups of arrays.
final class ArrayFile {
    private let dataset: GDALDatasetH
    /// All arrays, in the file's order.
    let arrays: [NamedArray]
    private let images: [NamedArray]

    private static let drivers = ["netCDF", "HDF5", "HDF4"]
    private static let mostArrays = 8_192
    private static let deepestGroup = 16

    /// Opens a file; nil where it is of another format.
    init?(path: String) throws {
        CPLErrorReset()
        let flags = UInt32(GDAL_OF_READONLY | GDAL_OF_MULTIDIM_RASTER)
        var drivers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        for driver in Self.drivers { drivers = CSLAddString(drivers, driver) }
        defer { CSLDestroy(drivers) }
        let allowed = UnsafeMutableRawPointer(drivers)?
            .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
        guard let dataset = GDALOpenEx(path, flags, allowed, nil, nil) else { return nil }
        self.dataset = dataset
        var arrays: [NamedArray] = []
        if let root = GDALDatasetGetRootGroup(dataset) {
            Self.collect(root, depth: 0, into: &arrays)
            GDALGroupRelease(root)
        }
        self.arrays = arrays
        // A cube has three dimensions; where a file has none of those, its images are offered.
        let readable = arrays.filter(\.isImage)
        let cubes = readable.filter { $0.imageAxes.count == 3 }
        images = cubes.isEmpty ? readable : cubes
    }

    deinit { GDALReleaseDataset(dataset) }

    /// Whether any array could be a cube.
    var hasImages: Bool { !images.isEmpty }

    /// What can be selected.
    var candidates: [HelperCandidate] { images.map(\.candidate) }

    /// The array that is selected, or the only cube.
    func cube(named variable: String?) throws -> any OpenCube {
        try ArrayCube(try array(named: variable), in: self)
    }

    /// A global attribute as text; nil where there is none of these names.
    func attribute(_ names: [String]) -> String? {
        guard let root = GDALDatasetGetRootGroup(dataset) else { return nil }
        defer { GDALGroupRelease(root) }
        for name in names {
            guard let attribute = GDALGroupGetAttribute(root, name) else { continue }
            defer { GDALAttributeRelease(attribute) }
            if let text = Metadata.text(GDALAttributeReadAsString(attribute)) { return text }
        }
        return nil
    }

    private func array(named variable: String?) throws -> NamedArray {
        if let variable {
            // Images that are not offered can be named too, such as a map beside a cube.
            let readable =
                images
                + arrays.filter { array in
                    array.isImage && !images.contains { $0 === array }
                }
            let index = try Container.index(of: variable, in: readable.map(\.candidate))
            return readable[index]
        }
        guard let only = images.first else {
            throw HelperFailure(.noCube, "it has no array of two or three dimensions")
        }
        guard images.count == 1 else {
            throw HelperFailure(.ambiguous, "several arrays", candidates: candidates)
        }
        return only
    }

    private static func collect(
        _ group: GDALGroupH, depth: Int, into arrays: inout [NamedArray]
    ) {
        for name in names(GDALGroupGetMDArrayNames(group, nil)) where arrays.count < mostArrays {
            guard let array = GDALGroupOpenMDArray(group, name, nil) else { continue }
            arrays.append(NamedArray(array))
        }
        guard depth < deepestGroup else { return }
        for name in names(GDALGroupGetGroupNames(group, nil)) where arrays.count < mostArrays {
            guard let child = GDALGroupOpenGroup(group, name, nil) else { continue }
            collect(child, depth: depth + 1, into: &arrays)
            GDALGroupRelease(child)
        }
    }

    /// A list of C strings, which is freed.
    private static func names(
        _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> [String] {
        defer { CSLDestroy(list) }
        return (0..<CSLCount(list)).compactMap { Metadata.text(CSLGetField(list, $0)) }
    }
}
#endif
