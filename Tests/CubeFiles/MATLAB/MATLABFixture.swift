import CMatio
import Cube
import Glibc
import Testing

/// Everything that writes .mat files through HDF5, which is not thread-safe and must not be forked
/// in the middle of a call, runs one test at a time.
@Suite(.serialized)
enum `MATLAB fixtures` {}

/// One array to be written into a .mat file by libmatio, independently of our reader.
struct MATLABArray {
    let name: String
    let dimensions: [Int]
    /// Column-major little-endian values; real parts first where `isComplex`.
    let bytes: [UInt8]
    let matlabClass: matio_classes
    let dataType: matio_types
    var flags: Int32 = 0

    /// A numeric array.
    init(_ name: String, _ dimensions: [Int], _ bytes: [UInt8], _ sampleType: SampleType) {
        self.name = name
        self.dimensions = dimensions
        self.bytes = bytes
        (matlabClass, dataType) =
            switch sampleType {
            case .uint8: (MAT_C_UINT8, MAT_T_UINT8)
            case .int16: (MAT_C_INT16, MAT_T_INT16)
            case .uint16: (MAT_C_UINT16, MAT_T_UINT16)
            case .int32: (MAT_C_INT32, MAT_T_INT32)
            case .uint32: (MAT_C_UINT32, MAT_T_UINT32)
            case .int64: (MAT_C_INT64, MAT_T_INT64)
            case .uint64: (MAT_C_UINT64, MAT_T_UINT64)
            case .float32: (MAT_C_SINGLE, MAT_T_SINGLE)
            case .float64: (MAT_C_DOUBLE, MAT_T_DOUBLE)
            }
    }

    /// A row of doubles.
    init(_ name: String, row values: [Double]) {
        let bytes = values.withUnsafeBytes { Array($0) }
        self.init(name, [1, values.count], bytes, .float64)
    }
}

/// How libmatio writes a file.
enum MATLABFileKind: CaseIterable {
    case version5, version5Deflated, version73, version73Deflated

    var version: mat_ft {
        self == .version5 || self == .version5Deflated ? MAT_FT_MAT5 : MAT_FT_MAT73
    }

    var compression: matio_compression {
        self == .version5 || self == .version73 ? MAT_COMPRESSION_NONE : MAT_COMPRESSION_ZLIB
    }
}

extension MATLABFileKind {
    static let lockingVariable = "HDF5_USE_FILE_LOCKING"
    /// HDF5 locks what it writes, and a helper that another test starts at that moment inherits the
    /// lock; it reads the environment when it is first used.
    private static let lockNothing: Void = { setenv(lockingVariable, "FALSE", 1) }()

    /// Writes arrays into a file; only tests in ``MATLAB fixtures`` may.
    func write(_ arrays: [MATLABArray], to path: String) throws {
        Self.lockNothing
        let file = try #require(Mat_CreateVer(path, "written by a test", version))
        defer { Mat_Close(file) }
        for array in arrays {
            var bytes = array.bytes
            var dimensions = array.dimensions
            let status = bytes.withUnsafeMutableBytes { raw -> Int32 in
                var parts = mat_complex_split_t(Re: raw.baseAddress, Im: raw.baseAddress)
                return withUnsafeMutableBytes(of: &parts) { split in
                    let isComplex = array.flags & Int32(MAT_F_COMPLEX.rawValue) != 0
                    let data = isComplex ? split.baseAddress : raw.baseAddress
                    let variable = Mat_VarCreate(
                        array.name, array.matlabClass, array.dataType,
                        Int32(dimensions.count), &dimensions, data, array.flags)
                    defer { Mat_VarFree(variable) }
                    return Mat_VarWrite(file, variable, compression)
                }
            }
            try #require(status == 0)
        }
    }
}
