import ContainerFormats
import Cube

/// Which array of a .mat file is the cube, and what the file says about it.
struct MATLABChoice {
    let array: MATLABVariable
    let layout: MATLABLayout
    let geometry: CubeGeometry
    let storage: MATLABStorageType

    private static let wavelengthNames: Set = [
        "wavelength", "wavelengths", "lambda", "bands_wl", "wl", "wavelength_nm", "wavelengths_nm",
    ]
    private static let widthNames: Set = ["fwhm", "fwhms", "bandwidth", "bandwidths"]

    /// Chooses the array of this name, or the only one that is a cube.
    ///
    /// - Throws: ``ContainerError``, listing the candidates where there are none or several.
    init(in file: some MATLABFile, variable: String?) throws {
        if let variable {
            self = try Self.named(variable, in: file)
            return
        }
        let choices = try file.variables.compactMap { try Self.choice($0, in: file) }
        let images = choices.filter { $0.array.dimensions.count == 3 }
        let pixelColumns = choices.filter { $0.layout == .pixelColumns }
        let cubes = images.isEmpty ? pixelColumns : images
        guard let only = cubes.first else {
            throw ContainerError.noCube(path: file.path, candidates: Self.candidates(in: file))
        }
        guard cubes.count == 1 else {
            throw ContainerError.ambiguous(
                path: file.path, candidates: cubes.map(\.array.candidate))
        }
        self = only
    }

    private init(
        array: MATLABVariable, layout: MATLABLayout, geometry: CubeGeometry,
        storage: MATLABStorageType
    ) {
        self.array = array
        self.layout = layout
        self.geometry = geometry
        self.storage = storage
    }

    /// Arrays of real numbers with two or three dimensions that are not vectors.
    static func candidates(in file: any MATLABFile) -> [VariableCandidate] {
        file.variables.filter { refusal(of: $0) == nil }.map(\.candidate)
    }

    /// Everything about the cube but its samples.
    func description(in file: some MATLABFile) throws -> CubeDescription {
        let wavelengths = try vector(named: Self.wavelengthNames, in: file)
        let scale = wavelengths.flatMap { WavelengthUnit.nanometers(perUnitOf: $0) }
        let widths = try vector(named: Self.widthNames, in: file)
        let bands = (0..<geometry.bands).map { band in
            var description = BandDescription()
            guard let scale, let wavelengths else { return description }
            description.wavelengthNanometers = wavelengths[band] * scale
            // Widths are given in the unit of the wavelengths that they belong to.
            description.fwhmNanometers = widths.map { $0[band] * scale }
            return description
        }
        return CubeDescription(
            geometry: geometry, sampleType: storage.sampleType, bands: bands)
    }

    /// The first vector of one value per band whose name, in lower case, is among `names`.
    private func vector(
        named names: Set<String>, in file: some MATLABFile
    ) throws -> [Double]? {
        let vector = file.variables.first {
            names.contains($0.name.lowercased()) && $0.storage != nil && $0.isVector
                && $0.dimensions.count == 2 && $0.valueCount == geometry.bands
        }
        guard let vector, vector.name != array.name else { return nil }
        let values = try file.doubles(of: vector)
        return values.allSatisfy { $0.isFinite && $0 > 0 } ? values : nil
    }

    private static func named(
        _ variable: String, in file: some MATLABFile
    ) throws -> MATLABChoice {
        guard let array = file.variables.first(where: { $0.name == variable }) else {
            throw ContainerError.unknownVariable(
                path: file.path, variable: variable, candidates: candidates(in: file))
        }
        guard let choice = try choice(array, in: file) else {
            throw ContainerError.unsupportedVariable(
                path: file.path, variable: variable,
                reason: refusal(of: array) ?? "its shape is not a cube's")
        }
        return choice
    }

    /// How an array would be read; nil where it cannot be a cube.
    private static func choice(
        _ array: MATLABVariable, in file: some MATLABFile
    ) throws -> MATLABChoice? {
        guard let storage = array.storage, refusal(of: array) == nil else { return nil }
        let dimensions = array.dimensions
        if dimensions.count == 2, let lines = try file.wholeScalar(named: "nRow"),
            let samples = try file.wholeScalar(named: "nCol"), lines > 0, samples > 0,
            dimensions[1] == lines * samples
        {
            return MATLABChoice(
                array: array, layout: .pixelColumns,
                geometry: try CubeGeometry(lines: lines, samples: samples, bands: dimensions[0]),
                storage: storage)
        }
        let geometry = try CubeGeometry(
            lines: dimensions[0], samples: dimensions[1],
            bands: dimensions.count == 3 ? dimensions[2] : 1)
        return MATLABChoice(array: array, layout: .image, geometry: geometry, storage: storage)
    }

    /// Why an array cannot be a cube; nil where it can.
    private static func refusal(of array: MATLABVariable) -> String? {
        if case .other(let what) = array.content {
            let advice = what == "struct" ? "; save the array inside it as a variable" : ""
            return "it is \(what), not an array of real numbers\(advice)"
        }
        if array.dimensions.contains(0) { return "it is empty" }
        if array.isVector { return "it is a single row, column or number" }
        if array.dimensions.count > 3 { return "it has \(array.dimensions.count) dimensions" }
        return nil
    }
}
