import Cube

extension FieldReconstruction {
    /// Joins a latent to its base network and cube, to be decoded at wavelengths of the caller's
    /// choice instead of the cube's own bands: `description` then has one band per wavelength.
    ///
    /// Each wavelength is interpolated linearly between the network's outputs, and shares the fate
    /// of the cube's nearest band: a constant one decodes to its constant, an absent one to nodata.
    ///
    /// - Parameter wavelengthsNanometers: distinct and at least one.
    /// - Throws: ``MetaLearningError/unknownWavelength(nanometers:reason:)`` where the cube or the
    ///   network does not reach a wavelength, and as
    ///   ``init(network:latent:description:threadCount:)``.
    public init(
        network: BaseNetwork, latent: SceneLatent, description: CubeDescription,
        wavelengthsNanometers: [Double], threadCount: Int = 2
    ) throws {
        guard latent.bandStates.count == description.geometry.bands else {
            throw MetaLearningError.foreignLatent(
                reason: "it has \(latent.bandStates.count) bands, not "
                    + "\(description.geometry.bands)")
        }
        let nearest = try wavelengthsNanometers.map {
            try description.nearestBand(toNanometers: $0)
        }
        let chosen = CubeDescription(
            geometry: try CubeGeometry(
                lines: description.geometry.lines, samples: description.geometry.samples,
                bands: wavelengthsNanometers.count),
            sampleType: description.sampleType,
            bands: wavelengthsNanometers.map { BandDescription(wavelengthNanometers: $0) },
            nodataValue: description.nodataValue, sensor: description.sensor,
            acquisitionTime: description.acquisitionTime, text: description.text,
            georeference: description.georeference)
        let mapping = BandMapping(of: chosen, onto: try network.network(of: latent).bandGrid)
        for (wavelength, terms) in zip(wavelengthsNanometers, mapping.terms) where terms == nil {
            throw MetaLearningError.unknownWavelength(
                nanometers: wavelength, reason: "no output of the base network is near it")
        }
        try self.init(
            network: network,
            latent: SceneLatent(
                level: latent.level,
                rows: latent.rows, columns: latent.columns, latentCount: latent.latentCount,
                values: latent.values, scaling: latent.scaling,
                bandStates: nearest.map { latent.bandStates[$0] },
                deblocking: latent.deblocking),
            description: chosen, threadCount: threadCount)
    }
}

extension CubeDescription {
    /// The band whose centre is nearest to a wavelength that the cube sees: not farther outside its
    /// outermost centres than half a band is wide, or half the distance to the next centre where
    /// the width is not known.
    ///
    /// - Throws: ``MetaLearningError/unknownWavelength(nanometers:reason:)``.
    public func nearestBand(toNanometers wavelength: Double) throws -> Int {
        let known = bands.indices.compactMap { index in
            bands[index].wavelengthNanometers.flatMap { center in
                center.isUsable ? (index: index, center: center) : nil
            }
        }
        let found = known.min { abs($0.center - wavelength) < abs($1.center - wavelength) }
        guard let found else {
            throw MetaLearningError.unknownWavelength(
                nanometers: wavelength, reason: "the cube's wavelengths are not known")
        }
        let centers = known.map(\.center)
        let (low, high) = (centers.min() ?? 0, centers.max() ?? 0)
        let neighbour = centers.filter { $0 != found.center }
            .map { abs($0 - found.center) }.min()
        let reach = (bands[found.index].fwhmNanometers ?? neighbour ?? 2) / 2
        guard wavelength >= low - reach, wavelength <= high + reach else {
            throw MetaLearningError.unknownWavelength(
                nanometers: wavelength, reason: "the cube sees \(low) to \(high) nm")
        }
        return found.index
    }
}
