import CCSDS123

/// The parameters of a reference case, by the standard's symbols.
struct VectorParameters: Decodable {
    let N_X, N_Y, N_Z, D, M, B, P, R, Omega, t_inc, nu_min, nu_max, Theta, phi, psi: Int
    let U_max, gamma_star, gamma_0: Int
    let sample_type, sample_encoding_order, entropy_coder_type: String
    let prediction_mode, local_sum_type: String
    let K, Sigma_z_0, D_A, D_R, u: Int?
    let a, r: Limits?
    let a_assignment, r_assignment: String?

    /// A number, a list or a list of lists: common or per band, per image or per period.
    indirect enum Limits: Decodable {
        case value(Int)
        case list([Limits])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // Anything but a number is one of the forms below.
            if let value = try? container.decode(Int.self) {
                self = .value(value)
            } else {
                self = .list(try container.decode([Limits].self))
            }
        }

        var bandValue: CCSDSBandValue {
            switch self {
            case .value(let value): .common(value)
            case .list(let values):
                .perBand(
                    values.map {
                        if case .value(let value) = $0 { value } else { -1 }
                    })
            }
        }

        func periods(isPeriodic: Bool) -> [CCSDSBandValue] {
            if isPeriodic, case .list(let entries) = self { return entries.map(\.bandValue) }
            return [bandValue]
        }
    }

    func parameters() throws -> CCSDSParameters {
        CCSDSParameters(
            encodingOrder: sample_encoding_order == "BSQ"
                ? .bandSequential : .bandInterleaved(depth: M),
            outputWordByteCount: B, prediction: prediction(), fidelity: fidelity(),
            representatives: CCSDSRepresentatives(
                resolution: Theta, damping: .common(phi), offset: .common(psi)),
            entropyCoder: CCSDSEntropyCoder(
                method: entropy_coder_type == "hybrid"
                    ? .hybrid(initialAccumulator: Sigma_z_0)
                    : .sampleAdaptive(accumulatorInitialization: .common(K ?? -1)),
                unaryLengthLimit: U_max, rescalingCounterSize: gamma_star,
                initialCountExponent: gamma_0))
    }

    private func prediction() -> CCSDSPrediction {
        let sums: [String: CCSDSLocalSum] = [
            "wide neighbor-oriented": .wideNeighbor, "narrow neighbor-oriented": .narrowNeighbor,
            "wide column-oriented": .wideColumn, "narrow column-oriented": .narrowColumn,
        ]
        return CCSDSPrediction(
            bandCount: P, isFull: prediction_mode == "full",
            localSum: sums[local_sum_type] ?? .wideNeighbor, registerBitCount: R,
            weightResolution: Omega, exponentIntervalLog2: t_inc.trailingZeroBitCount,
            firstExponent: nu_min, lastExponent: nu_max)
    }

    private func fidelity() -> CCSDSFidelity {
        func limits(_ values: Limits?, _ bitDepth: Int?) -> CCSDSErrorLimits? {
            guard let values, let bitDepth else { return nil }
            return CCSDSErrorLimits(
                bitDepth: bitDepth, periods: values.periods(isPeriodic: u != nil))
        }
        return CCSDSFidelity(
            absolute: limits(a, D_A), relative: limits(r, D_R), updatePeriodLog2: u)
    }
}
