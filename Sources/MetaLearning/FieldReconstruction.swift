import Cube
import NeuralField

/// A cube as its latent remembers it: any window, any bands, decoded on demand and always to the
/// same samples.
///
/// Bands that are constant decode to their constant; bands that are absent or match no output of
/// the base network decode to nodata, or 0 where the cube has no nodata value.
public struct FieldReconstruction: CubeSource {
    /// The cube that is reconstructed, with its own sample type.
    public let description: CubeDescription
    private let latent: SceneLatent
    private let decoder: FieldDecoder
    private let cells: LatentCells
    private let mapping: BandMapping
    private let threadCount: Int

    /// Joins a latent to its base network and cube.
    ///
    /// - Throws: ``MetaLearningError/foreignLatent(reason:)`` where they do not fit each other,
    ///   ``NeuralFieldError/impossibleParameters(reason:)``.
    public init(
        network: BaseNetwork, latent: SceneLatent, description: CubeDescription,
        threadCount: Int = 2
    ) throws {
        let network = try network.network(of: latent)
        let cells = try LatentCells(network.latentGrid, over: description.geometry)
        guard latent.rows == cells.rows, latent.columns == cells.columns else {
            throw MetaLearningError.foreignLatent(
                reason: "it has \(latent.rows) x \(latent.columns) cells, not "
                    + "\(cells.rows) x \(cells.columns)")
        }
        guard latent.bandStates.count == description.geometry.bands else {
            throw MetaLearningError.foreignLatent(
                reason: "it has \(latent.bandStates.count) bands, not "
                    + "\(description.geometry.bands)")
        }
        self.description = description
        self.latent = latent
        self.cells = cells
        self.threadCount = threadCount
        decoder = try FieldDecoder(network.parameters)
        mapping = BandMapping(of: description, onto: network.bandGrid)
    }

    /// Decodes a window to samples of the cube's own type: rounded to nearest and clamped where
    /// that is an integer.
    ///
    /// - Throws: as ``decodeValues(_:bandIndices:)``.
    public func read(_ window: CubeWindow, bandIndices: [Int]) throws -> SampleBlock {
        SampleBlock(
            window: window, bandIndices: bandIndices, sampleType: description.sampleType,
            values: try decodeValues(window, bandIndices: bandIndices))
    }

    /// Decodes a window to real values in data units, not rounded to the sample type.
    ///
    /// - Returns: [bands][lines][samples].
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``, or
    ///   ``NeuralFieldError/impossibleLatent(reason:)`` where a cell's latent is damaged.
    public func decodeValues(_ window: CubeWindow, bandIndices: [Int]) throws -> [Float] {
        try window.check(inside: description.geometry)
        try description.geometry.check(bandIndices: bandIndices)
        var values: [Float]
        if let deblocking = latent.deblocking {
            let filter = SeamFilter(
                deblocking, cells, geometry: description.geometry, window)
            values = filter.apply(
                to: try filter.pieces.map { try decodeCells($0, bandIndices) },
                planeCount: bandIndices.count, threadCount: threadCount)
        } else {
            values = try decodeCells(window, bandIndices)
        }
        fillOtherBands(&values, bandIndices, pixelCount: window.pixelCount)
        return values
    }

    /// Every cell as its own latent decodes, [bands][lines][samples]; 0 in bands that are not
    /// decoded.
    private func decodeCells(_ window: CubeWindow, _ bandIndices: [Int]) throws -> [Float] {
        let decoded = bandIndices.indices.filter { isDecoded(bandIndices[$0]) }
        let outputs = decoder.prepare(
            mapping.outputMap(ofBands: decoded.map { bandIndices[$0] }))
        var values = [Float](repeating: 0, count: window.pixelCount * bandIndices.count)
        guard !decoded.isEmpty else { return values }
        let jobs = jobs(in: window)
        let shifts = try jobs.map { try decoder.shifts(of: latent.cell($0.cell)) }
        values.withUnsafeMutableBufferPointer { buffer in
            let target = ReconstructedPlanes(buffer, window: window)
            Workers.run(jobs.count, threadCount: threadCount) { index, _ in
                let piece = decoder.decode(
                    shifts[index], outputs: outputs,
                    coordinates: coordinates(of: jobs[index].window))
                target.store(
                    piece, window: jobs[index].window, positions: decoded,
                    scaling: latent.scaling)
            }
        }
        return values
    }

    private func isDecoded(_ band: Int) -> Bool {
        latent.bandStates[band] == .live && mapping.terms[band] != nil
    }

    private func fillOtherBands(_ values: inout [Float], _ bandIndices: [Int], pixelCount: Int) {
        for (position, band) in bandIndices.enumerated() where !isDecoded(band) {
            let fill =
                if case .constant(let value) = latent.bandStates[band] { value } else {
                    description.nodataValue ?? 0
                }
            for index in position * pixelCount..<(position + 1) * pixelCount {
                values[index] = Float(fill)
            }
        }
    }

    /// The parts of the window inside each cell, in pieces of few lines for the workers to share.
    private func jobs(in window: CubeWindow) -> [(cell: Int, window: CubeWindow)] {
        let rows =
            cells.row(
                ofLine: window.lines.lowerBound)...cells.row(
                ofLine: window.lines.upperBound - 1)
        let columns =
            cells.column(
                ofSample: window.samples.lowerBound)...cells.column(
                ofSample: window.samples.upperBound - 1)
        return rows.flatMap { row in
            columns.flatMap { column in
                pieces(ofCell: row * cells.columns + column, in: window)
            }
        }
    }

    private func pieces(
        ofCell cell: Int, in window: CubeWindow
    ) -> [(cell: Int, window: CubeWindow)] {
        let whole = cells.window(ofCellAt: cell)
        let lines = whole.lines.clamped(to: window.lines)
        let samples = whole.samples.clamped(to: window.samples)
        let lineCount = max(1, 960 / samples.count)
        return stride(from: lines.lowerBound, to: lines.upperBound, by: lineCount).map { first in
            let piece = first..<min(first + lineCount, lines.upperBound)
            return (cell, CubeWindow(lines: piece, samples: samples))
        }
    }

    /// [pixels][x, y] of a window inside one cell.
    private func coordinates(of window: CubeWindow) -> [Float] {
        let xs = window.samples.map { cells.localX(ofSample: $0) }
        var coordinates: [Float] = []
        coordinates.reserveCapacity(window.pixelCount * 2)
        for line in window.lines {
            let y = cells.localY(ofLine: line)
            for x in xs {
                coordinates.append(x)
                coordinates.append(y)
            }
        }
        return coordinates
    }
}
