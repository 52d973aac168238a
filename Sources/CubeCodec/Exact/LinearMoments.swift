/// Sums from which the least-squares prediction of a band by two others follows.
///
/// Values are taken relative to the first ones, so that the sums keep their precision.
struct LinearMoments {
    private var origin: (value: Double, near: Double, far: Double)?
    private var count = 0.0
    private var value = 0.0
    private var near = 0.0
    private var far = 0.0
    private var nearNear = 0.0
    private var nearFar = 0.0
    private var farFar = 0.0
    private var valueNear = 0.0
    private var valueFar = 0.0

    /// No values yet.
    init() {}

    /// Adds one pixel.
    @inline(__always)
    mutating func add(_ newValue: Double, near newNear: Double, far newFar: Double) {
        let start = origin ?? (newValue, newNear, newFar)
        origin = start
        let (v, n, f) = (newValue - start.value, newNear - start.near, newFar - start.far)
        count += 1
        value += v
        near += n
        far += f
        nearNear += n * n
        nearFar += n * f
        farFar += f * f
        valueNear += v * n
        valueFar += v * f
    }

    /// The weights of the two bands; the second is 0 where it adds nothing; nil where the nearer
    /// band is constant.
    var weights: (first: Double, second: Double)? {
        let nn = nearNear - near * near / count
        let nf = nearFar - near * far / count
        let ff = farFar - far * far / count
        let vn = valueNear - value * near / count
        let vf = valueFar - value * far / count
        guard nn > 0, nn.isFinite else { return nil }
        let determinant = nn * ff - nf * nf
        guard determinant > 1e-9 * nn * ff, determinant.isFinite else { return (vn / nn, 0) }
        return ((vn * ff - vf * nf) / determinant, (vf * nn - vn * nf) / determinant)
    }

    /// The constant that goes with given weights.
    func offset(first: Double, second: Double) -> Double {
        guard let origin else { return 0 }
        return origin.value + value / count - first * (origin.near + near / count)
            - second * (origin.far + far / count)
    }
}
