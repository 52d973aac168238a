#include <gdal.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <ogr_srs_api.h>

// 64-bit integer rasters came with GDAL 3.5, and their nodata values have functions of their own.
#if GDAL_VERSION_NUM >= GDAL_COMPUTE_VERSION(3, 5, 0)
#define CGDAL_HAS_INT64 1
#endif

/// A raster band's nodata value; *is_set says whether it has one.
static inline double cgdal_band_nodata(GDALRasterBandH band, int *is_set) {
#ifdef CGDAL_HAS_INT64
    switch (GDALGetRasterDataType(band)) {
    case GDT_Int64: return (double)GDALGetRasterNoDataValueAsInt64(band, is_set);
    case GDT_UInt64: return (double)GDALGetRasterNoDataValueAsUInt64(band, is_set);
    default: break;
    }
#endif
    return GDALGetRasterNoDataValue(band, is_set);
}

/// Sets a raster band's nodata value. For 64-bit integers the value must be one.
static inline CPLErr cgdal_set_band_nodata(GDALRasterBandH band, double value) {
#ifdef CGDAL_HAS_INT64
    switch (GDALGetRasterDataType(band)) {
    case GDT_Int64: return GDALSetRasterNoDataValueAsInt64(band, (int64_t)value);
    case GDT_UInt64: return GDALSetRasterNoDataValueAsUInt64(band, (uint64_t)value);
    default: break;
    }
#endif
    return GDALSetRasterNoDataValue(band, value);
}

/// A multidimensional array's nodata value; *is_set says whether it has one.
static inline double cgdal_array_nodata(GDALMDArrayH array, GDALDataType type, int *is_set) {
#ifdef CGDAL_HAS_INT64
    if (type == GDT_Int64) return (double)GDALMDArrayGetNoDataValueAsInt64(array, is_set);
    if (type == GDT_UInt64) return (double)GDALMDArrayGetNoDataValueAsUInt64(array, is_set);
#endif
    (void)type;
    return GDALMDArrayGetNoDataValueAsDouble(array, is_set);
}
