/// A .mat file of either format, open for reading its variables.
///
/// Invariant: every variable of numbers has dimensions whose product, times 8, fits in an Int and
/// is at most what the file's bytes could hold when deflated as tightly as possible.
protocol MATLABFile: Sendable {
    /// The file's path, for messages.
    var path: String { get }
    /// All top-level variables, in file order.
    var variables: [MATLABVariable] { get }

    /// Hands over the values of a variable in storage order, in pieces of whole columns (runs along
    /// the first dimension).
    ///
    /// - Parameter body: takes the index of the piece's first column and its little-endian values,
    ///   [columns][dimensions[0]].
    func forEachPiece(
        of variable: MATLABVariable,
        _ body: (_ firstColumn: Int, _ values: UnsafeRawBufferPointer) throws -> Void) throws
}

extension MATLABFile {
    /// Bytes of one piece; a single column may be longer.
    static var pieceByteCount: Int { 8 << 20 }

    /// All values of a short variable.
    func doubles(of variable: MATLABVariable) throws -> [Double] {
        guard let storage = variable.storage else { return [] }
        var values: [Double] = []
        try forEachPiece(of: variable) { _, piece in values += storage.doubles(Array(piece)) }
        return values
    }

    /// The one value of a 1 x 1 variable of this name; nil where there is none or it is no whole
    /// number in the range of Int32.
    func wholeScalar(named name: String) throws -> Int? {
        guard let variable = variables.first(where: { $0.name == name }),
            variable.valueCount == 1, variable.dimensions.count == 2, variable.storage != nil,
            let value = try doubles(of: variable).first
        else { return nil }
        return Int32(exactly: value).map(Int.init)
    }

    /// The error for a file that cannot be what it claims.
    func unreadable(_ reason: String) -> ContainerError {
        .unreadable(path: path, reason: reason)
    }
}
