/// One latent, ready to decode with: what each sine adds to its products.
public struct FieldShifts: Sendable {
    /// [K][padded width] b_i + beta_i.
    let starts: AlignedFloats
}
