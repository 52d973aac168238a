#if GDAL
import CGDAL
import ContainerFormats
import Glibc

/// The library's settings, its errors, and the limits of this process.
enum GDALRuntime {
    /// Drivers that reach out to networks, databases or other files than the one that is named. A
    /// file whose samples lie elsewhere is not an archive of anything.
    private static let skippedDrivers = [
        "HTTP", "WMS", "WCS", "WMTS", "PLMOSAIC", "PLSCENES", "NGW", "DAAS", "EEDA", "EEDAI",
        "STACTA", "STACIT", "OGCAPI", "VRT", "GTI", "DERIVED", "PostGISRaster", "AmigoCloud",
    ]
    private static let settings = [
        // Nothing is ever written beside a user's file.
        "GDAL_PAM_ENABLED": "NO",
        // Side files are looked for by name; folders of thousands of files are not listed.
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
        "CPL_CURL_ENABLE_VSIMEM": "NO", "GDAL_HTTP_TIMEOUT": "1", "GDAL_HTTP_MAX_RETRY": "0",
        "PROJ_NETWORK": "OFF", "OSR_DEFAULT_AXIS_MAPPING_STRATEGY": "TRADITIONAL_GIS_ORDER",
        // 64 MB of blocks are enough for windows that are read in order.
        "GDAL_CACHEMAX": "64",
    ]

    /// Prepares the library and the process; once.
    static func start() {
        limitProcess()
        for (name, value) in settings { CPLSetConfigOption(name, value) }
        CPLSetConfigOption("GDAL_SKIP", skippedDrivers.joined(separator: ","))
        setenv("PROJ_NETWORK", "OFF", 1)
        setenv("HDF5_PLUGIN_PRELOAD", "::", 1)
        CPLSetErrorHandler(CPLQuietErrorHandler)
        GDALAllRegister()
    }

    /// A failure in the library's own last words.
    static func failure(_ kind: HelperFailure.Kind, _ otherwise: String) -> HelperFailure {
        let message = String(cString: CPLGetLastErrorMsg())
        return HelperFailure(kind, message.isEmpty ? otherwise : message)
    }

    /// Runs a call that returns CE_None where it succeeded.
    static func check(
        _ kind: HelperFailure.Kind, _ what: String, _ call: () -> CPLErr
    ) throws(HelperFailure) {
        CPLErrorReset()
        guard call() == CE_None else { throw failure(kind, "GDAL cannot \(what)") }
    }

    /// A crash leaves no core file, and a file that asks for absurd amounts of memory gets an error
    /// instead of bringing the machine down.
    private static func limitProcess() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        let memoryByteCount = rlim_t(sysconf(Int32(_SC_PHYS_PAGES))) * rlim_t(getpagesize())
        // Libraries map gigabytes that they never touch, so a small machine needs some slack.
        let most = max(memoryByteCount, 4 << 30)
        var memory = rlimit(rlim_cur: most, rlim_max: most)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    }
}
#endif
