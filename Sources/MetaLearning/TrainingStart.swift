import NeuralField

/// The parameters that a training starts from.
struct TrainingStart {
    let scenes: [ScenePixels]
    let settings: TrainingSettings
    let bandGrid: BandGrid

    /// Seeded parameters whose output biases are the scenes' mean spectrum, or those of an earlier
    /// network, whose new outputs start as the nearest known ones.
    func parameters(continuing initial: BaseNetwork?) throws -> FieldParameters {
        let architecture = try FieldArchitecture(
            hiddenLayerCount: settings.hiddenLayerCount, hiddenWidth: settings.hiddenWidth,
            latentCount: settings.latentCount, outputCount: bandGrid.outputCount,
            omega: settings.omega)
        let fresh = FieldParameters(seeding: architecture, seed: settings.seed)
        guard let initial else {
            var values = fresh.values
            let means = meanSpectrum()
            values.replaceSubrange(fresh.layout.outputBiases, with: means)
            return try FieldParameters(architecture: architecture, values: values)
        }
        return try adapt(initial, to: architecture)
    }

    private func adapt(
        _ initial: BaseNetwork, to architecture: FieldArchitecture
    ) throws -> FieldParameters {
        let earlier = initial.architecture
        guard earlier.hiddenLayerCount == architecture.hiddenLayerCount,
            earlier.hiddenWidth == architecture.hiddenWidth,
            earlier.latentCount == architecture.latentCount, earlier.omega == architecture.omega
        else {
            throw MetaLearningError.impossibleSetting(
                name: "hiddenWidth",
                reason: "the network to go on from has other sizes; start afresh instead")
        }
        var values = [Float](repeating: 0, count: architecture.parameterCount)
        let (from, to) = (initial.parameters.layout, FieldLayout(architecture))
        let source = initial.parameters.values
        func copy(_ origin: Range<Int>, _ target: Range<Int>) {
            values.replaceSubrange(target, with: source[origin])
        }
        for layer in 0..<architecture.hiddenLayerCount {
            copy(from.weights(ofHiddenLayer: layer), to.weights(ofHiddenLayer: layer))
            copy(from.biases(ofHiddenLayer: layer), to.biases(ofHiddenLayer: layer))
        }
        copy(from.modulationWeights, to.modulationWeights)
        copy(from.modulationBiases, to.modulationBiases)
        let width = architecture.hiddenWidth
        for output in 0..<architecture.outputCount {
            let nearest = nearestOutput(to: output, in: initial.bandGrid)
            let origin = from.outputWeights.lowerBound + nearest * width
            let target = to.outputWeights.lowerBound + output * width
            copy(origin..<origin + width, target..<target + width)
            values[to.outputBiases.lowerBound + output] =
                source[from.outputBiases.lowerBound + nearest]
        }
        return try FieldParameters(architecture: architecture, values: values)
    }

    /// Earlier outputs keep their index; a new one starts as the nearest in wavelength, or as the
    /// last where it has none.
    private func nearestOutput(to output: Int, in earlier: BandGrid) -> Int {
        if output < earlier.outputCount { return output }
        guard let wavelength = bandGrid.wavelengthNanometers[output] else {
            return earlier.outputCount - 1
        }
        let candidates = earlier.wavelengthNanometers.enumerated().compactMap { index, known in
            known.map { (distance: abs($0 - wavelength), index: index) }
        }
        return candidates.min { $0.distance < $1.distance }?.index ?? earlier.outputCount - 1
    }

    /// Per output, the mean of the scaled samples of the bands that it stands for; 0.5 where none.
    private func meanSpectrum() -> [Float] {
        var sums = [Double](repeating: 0, count: bandGrid.outputCount)
        var weights = sums
        for scene in scenes {
            let (columns, map) = scene.match(onto: bandGrid)
            for (column, terms) in zip(columns, map.rows) {
                guard let mean = scene.mean(ofLiveBandAt: column) else { continue }
                for term in terms {
                    sums[term.outputIndex] += Double(term.weight) * mean
                    weights[term.outputIndex] += Double(term.weight)
                }
            }
        }
        return zip(sums, weights).map { sum, weight in weight > 0 ? Float(sum / weight) : 0.5 }
    }
}

extension ScenePixels {
    /// The mean of a live band's valid samples; nil where none was kept.
    fileprivate func mean(ofLiveBandAt position: Int) -> Double? {
        var sum = 0.0
        var count = 0
        for index in stride(from: position, to: values.count, by: liveBandIndices.count)
        where !values[index].isNaN {
            sum += Double(values[index])
            count += 1
        }
        return count > 0 ? sum / Double(count) : nil
    }
}
