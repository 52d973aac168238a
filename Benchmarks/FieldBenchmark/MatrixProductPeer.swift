import BenchmarkSupport
import Glibc

/// OpenBLAS's sgemm, loaded where the machine has it: what a matrix product can reach here.
struct MatrixProductPeer {
    private typealias Product =
        @convention(c) (
            Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32,
            UnsafePointer<Float>, Int32, Float, UnsafeMutablePointer<Float>, Int32
        ) -> Void
    private let product: Product

    /// nil where there is no OpenBLAS.
    init?() {
        guard let library = dlopen("libopenblas.so.0", RTLD_NOW),
            let function = dlsym(library, "cblas_sgemm"),
            let setter = dlsym(library, "openblas_set_num_threads")
        else { return nil }
        unsafeBitCast(setter, to: (@convention(c) (Int32) -> Void).self)(1)
        product = unsafeBitCast(function, to: Product.self)
    }

    /// GFLOP/s of one core at size^3.
    func gigaflopsPerSecond(size: Int) -> Double {
        let count = size * size
        let left = [Float](repeating: 0.5, count: count)
        let right = [Float](repeating: 0.25, count: count)
        var result = [Float](repeating: 0, count: count)
        let (rowMajor, notTransposed): (Int32, Int32) = (101, 111)
        let side = Int32(size)
        let seconds = BenchmarkReport.leastSeconds(of: 5) {
            product(
                rowMajor, notTransposed, notTransposed, side, side, side, 1, left, side, right,
                side, 0, &result, side)
        }
        return 2 * Double(count) * Double(size) / seconds / 1e9
    }
}
