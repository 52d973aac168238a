#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// A GeoTIFF that is being written: band-sequential and uncompressed, so that blocks may come in
/// any order without growing the file, and BigTIFF where it might pass 4 GB.
final class TIFFBeingWritten {
    let description: CubeDescription
    /// What could not be expressed.
    private(set) var warnings: [String] = []
    private var dataset: GDALDatasetH?
    private let type: GDALDataType

    /// Creates the file with its metadata and without samples.
    init(path: String, description: CubeDescription) throws {
        guard path.hasPrefix("/"), !path.hasPrefix("/vsi") else {
            throw HelperFailure(.unwritable, "it is not an absolute local path")
        }
        let geometry = description.geometry
        guard description.bands.count == geometry.bands, geometry.lines <= Int32.max,
            geometry.samples <= Int32.max, geometry.bands <= 65_535
        else { throw HelperFailure(.unwritable, "a GeoTIFF cannot have \(geometry)") }
        guard let type = description.sampleType.gdalType else {
            throw HelperFailure(
                .unwritable, "this GDAL cannot write \(description.sampleType.rawValue) samples"
            )
        }
        self.description = description
        self.type = type
        dataset = try Self.create(path, geometry, type)
        try describe()
    }

    deinit { if let dataset { GDALReleaseDataset(dataset) } }

    /// Writes [bands][lines][samples] little-endian samples; the caller has checked the request.
    func write(
        _ window: CubeWindow, bandIndices: [Int], _ bytes: UnsafeMutableRawBufferPointer
    ) throws {
        var bandNumbers = bandIndices.map { Int32($0 + 1) }
        try GDALRuntime.check(.unwritable, "write samples") {
            GDALDatasetRasterIO(
                dataset, GF_Write, Int32(window.samples.lowerBound),
                Int32(window.lines.lowerBound), Int32(window.samples.count),
                Int32(window.lines.count), bytes.baseAddress, Int32(window.samples.count),
                Int32(window.lines.count), type, Int32(bandNumbers.count), &bandNumbers, 0, 0, 0
            )
        }
    }

    /// Flushes and closes; a full disk may show only now.
    func finish() throws {
        guard let dataset else { return }
        self.dataset = nil
        CPLErrorReset()
        GDALFlushCache(dataset)
        let isFlushed = CPLGetLastErrorType().rawValue < CE_Failure.rawValue
        GDALReleaseDataset(dataset)
        guard isFlushed, CPLGetLastErrorType().rawValue < CE_Failure.rawValue else {
            throw GDALRuntime.failure(.unwritable, "the last samples cannot be written")
        }
    }

    private static func create(
        _ path: String, _ geometry: CubeGeometry, _ type: GDALDataType
    ) throws -> GDALDatasetH {
        var options: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        defer { CSLDestroy(options) }
        for (name, value) in [
            ("INTERLEAVE", "BAND"), ("BIGTIFF", "IF_SAFER"), ("PHOTOMETRIC", "MINISBLACK"),
            ("ALPHA", "NO"),
        ] { options = CSLSetNameValue(options, name, value) }
        CPLErrorReset()
        guard let driver = GDALGetDriverByName("GTiff"),
            let dataset = GDALCreate(
                driver, path, Int32(geometry.samples), Int32(geometry.lines),
                Int32(geometry.bands), type, options)
        else { throw GDALRuntime.failure(.unwritable, "GDAL cannot create it") }
        return dataset
    }

    private func describe() throws {
        guard let dataset else { return }
        set(dataset, "sensor", description.sensor)
        set(dataset, "acquisition_time", description.acquisitionTime.map(TimestampText.text))
        set(dataset, "TIFFTAG_IMAGEDESCRIPTION", description.text)
        place(dataset)
        for (index, band) in description.bands.enumerated() {
            guard let handle = GDALGetRasterBand(dataset, Int32(index + 1)) else {
                throw GDALRuntime.failure(.unwritable, "band \(index + 1) cannot be made")
            }
            describe(handle, band)
        }
    }

    /// The items that ENVI's driver, EnMAP-Box and our reader use, and those of GDAL itself.
    private func describe(_ handle: GDALRasterBandH, _ band: BandDescription) {
        if let name = band.name { GDALSetDescription(handle, name) }
        if let wavelength = band.wavelengthNanometers {
            set(handle, "wavelength", "\(wavelength)")
            set(handle, "wavelength_units", "Nanometers")
            set(handle, "CENTRAL_WAVELENGTH_UM", "\(wavelength / 1_000)", domain: "IMAGERY")
        }
        if let width = band.fwhmNanometers {
            set(handle, "fwhm", "\(width)")
            set(handle, "FWHM_UM", "\(width / 1_000)", domain: "IMAGERY")
        }
        if !band.isGood { set(handle, "bbl", "0") }
        if let nodata = description.nodataValue, isRepresentable(nodata) {
            _ = cgdal_set_band_nodata(handle, nodata)
        }
    }

    /// Casting a double outside a 64-bit range is undefined in C.
    private func isRepresentable(_ nodata: Double) -> Bool {
        switch description.sampleType {
        case .int64: Int64(exactly: nodata) != nil
        case .uint64: UInt64(exactly: nodata) != nil
        default: true
        }
    }

    private func place(_ dataset: GDALDatasetH) {
        guard let georeference = description.georeference else { return }
        if var transform = georeference.affineTransform, transform.count == 6 {
            if GDALSetGeoTransform(dataset, &transform) != CE_None {
                warnings.append("its geotransform cannot be written")
            }
        }
        if let text = georeference.coordinateSystemWKT, !setSystem(dataset, text) {
            warnings.append("GDAL does not understand its coordinate system, which is left out")
        }
    }

    private func setSystem(_ dataset: GDALDatasetH, _ text: String) -> Bool {
        guard let system = OSRNewSpatialReference(nil) else { return false }
        defer { OSRDestroySpatialReference(system) }
        // Only a definition is taken: SetFromUserInput would also open files and URLs.
        let isUnderstood = text.withCString { start in
            var next: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: start)
            return OSRImportFromWkt(system, &next) == OGRERR_NONE
        }
        return isUnderstood && GDALSetSpatialRef(dataset, system) == CE_None
    }

    private func set(
        _ object: GDALMajorObjectH, _ name: String, _ value: String?, domain: String = ""
    ) {
        guard let value else { return }
        GDALSetMetadataItem(object, name, value, domain)
    }
}
#endif
