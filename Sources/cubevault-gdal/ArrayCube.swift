#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// One array of a netCDF, HDF5 or HDF4 file, its dimensions turned into lines, samples and bands.
final class ArrayCube: OpenCube {
    let description: CubeDescription
    let variable: String?
    let warnings: [String]
    private let array: NamedArray
    private let order: AxisOrder
    /// Keeps the file open.
    private let file: ArrayFile

    init(_ array: NamedArray, in file: ArrayFile) throws {
        let reader = try ArrayDescription(array, in: file)
        self.array = array
        self.file = file
        order = reader.order
        description = reader.description
        warnings = reader.warnings
        variable = array.fullName
    }

    func read(
        _ window: CubeWindow, bandIndices: [Int], into buffer: UnsafeMutableRawBufferPointer
    ) throws {
        let planeByteCount = window.pixelCount * description.sampleType.byteCount
        var position = 0
        while position < bandIndices.count {
            let run = Self.runLength(bandIndices[position...])
            let range = position * planeByteCount..<(position + run) * planeByteCount
            let bands = bandIndices[position]..<bandIndices[position] + run
            try read(
                window, bands: bands,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[range]))
            position += run
        }
    }

    /// Reads consecutive bands; the buffer's steps do the turning of axes.
    private func read(
        _ window: CubeWindow, bands: Range<Int>, into buffer: UnsafeMutableRawBufferPointer
    ) throws {
        let axes = array.imageAxes
        var starts = [Int](repeating: 0, count: array.lengths.count)
        var counts = [Int](repeating: 1, count: array.lengths.count)
        var steps = [Int](repeating: 1, count: array.lengths.count)
        func set(_ axis: Int, _ range: Range<Int>, step: Int) {
            starts[axes[axis]] = range.lowerBound
            counts[axes[axis]] = range.count
            steps[axes[axis]] = step
        }
        set(order.samples, window.samples, step: 1)
        set(order.lines, window.lines, step: window.samples.count)
        if let bandAxis = order.bands { set(bandAxis, bands, step: window.pixelCount) }
        CPLErrorReset()
        let isRead = array.read(
            starts: starts, counts: counts, bufferSteps: steps, as: array.type, into: buffer)
        guard isRead else {
            throw GDALRuntime.failure(.unreadable, "GDAL cannot read its samples")
        }
    }

    /// How many of the first indices follow one another.
    private static func runLength(_ indices: ArraySlice<Int>) -> Int {
        var length = 1
        for (previous, next) in zip(indices, indices.dropFirst()) {
            guard next == previous + 1 else { break }
            length += 1
        }
        return length
    }
}
#endif
