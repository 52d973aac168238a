/// One top-level variable of a .mat file, as its header describes it.
struct MATLABVariable: Sendable {
    /// What a variable holds.
    enum Content: Sendable {
        /// Real numbers that can be read.
        case numbers(MATLABStorageType)
        /// Something else; the text completes "it is ...".
        case other(String)
    }

    let name: String
    /// Dimensions, the first varying fastest; at least two, each at least 0.
    let dimensions: [Int]
    let content: Content
    /// Where a v5 variable's element begins in the file; 0 in v7.3.
    var elementOffset = 0
    /// The extent of one compressed piece of a v7.3 array along each dimension; all of the array
    /// where it is in one piece.
    var chunk: [Int] = []

    /// The stored type, nil where the variable does not hold real numbers.
    var storage: MATLABStorageType? {
        if case .numbers(let storage) = content { return storage }
        return nil
    }

    /// Number of values; the reader that made the variable has checked that it fits.
    var valueCount: Int { dimensions.reduce(1, *) }

    /// Whether it is a row, a column or a single number.
    var isVector: Bool { dimensions.count(where: { $0 != 1 }) <= 1 }

    /// For error messages.
    var candidate: VariableCandidate {
        let typeName =
            switch content {
            case .numbers(let storage): storage.rawValue
            case .other(let what): what
            }
        return VariableCandidate(name: name, shape: dimensions, typeName: typeName)
    }
}
