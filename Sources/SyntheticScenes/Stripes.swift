/// What differs between the detector elements of one band: the cause of striping along the flight.
struct Stripes {
    /// Multipliers around 1, [samples].
    let gains: UnsafeMutableBufferPointer<Float>
    /// Counts at zero light, [samples].
    let offsets: UnsafeMutableBufferPointer<Float>
}
