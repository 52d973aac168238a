#if GDAL
import CGDAL
import ContainerFormats
import Cube

/// Answers requests one after the other; keeps at most one cube and one GeoTIFF open.
final class HelperService {
    private var cube: (any OpenCube)?
    private var picture: TIFFBeingWritten?

    /// libgdal's version.
    static let gdalVersion: String? = String(cString: GDALVersionInfo("RELEASE_NAME"))

    init() { GDALRuntime.start() }

    /// Answers one request. What the request or its file got wrong is said in the answer; only a
    /// broken conversation is thrown.
    func answer(_ line: [UInt8], on channel: HelperChannel) throws {
        guard let request = decoded(line) else {
            let failure = HelperFailure(.badRequest, "the request is not understood")
            return try channel.say(HelperReply.failed(failure: failure))
        }
        var raw: [UInt8] = []
        if case .write(_, _, let byteCount) = request {
            // Whatever becomes of the request, its bytes have to be taken out of the input.
            guard (0...HelperCoding.mostRawByteCount).contains(byteCount) else {
                throw HelperFailure(.badRequest, "\(byteCount) bytes in one request")
            }
            raw = [UInt8](repeating: 0, count: byteCount)
            try raw.withUnsafeMutableBytes { try channel.read(into: $0) }
        }
        do {
            CPLErrorReset()
            let (reply, samples) = try reply(to: request, raw)
            try channel.say(reply)
            try channel.write(samples)
        } catch let failure as HelperFailure {
            try channel.say(HelperReply.failed(failure: failure))
        }
    }

    private func decoded(_ line: [UInt8]) -> HelperRequest? {
        do {
            return try HelperCoding.message(HelperRequest.self, from: line)
        } catch {
            return nil
        }
    }

    private func reply(
        to request: HelperRequest, _ raw: [UInt8]
    ) throws -> (HelperReply, samples: [UInt8]) {
        switch request {
        case .candidates(let path):
            return (.candidates(list: try Container.candidates(in: path)), [])
        case .describe(let path, let variable):
            cube = nil
            let opened = try Container.open(path, variable: variable)
            cube = opened
            let reply = HelperReply.opened(
                description: opened.description, variable: opened.variable,
                warnings: opened.warnings)
            return (reply, [])
        case .read(let window, let bandIndices):
            let samples = try read(window, bandIndices)
            return (.samples(byteCount: samples.count), samples)
        case .create(let path, let description):
            let picture = try TIFFBeingWritten(path: path, description: description)
            self.picture = picture
            return (.done(warnings: picture.warnings), [])
        case .write(let window, let bandIndices, _):
            try write(window, bandIndices, raw)
            return (.done(warnings: []), [])
        case .finish:
            guard let picture else {
                throw HelperFailure(.badRequest, "nothing is being written")
            }
            self.picture = nil
            try picture.finish()
            return (.done(warnings: []), [])
        }
    }

    private func read(_ window: CubeWindow, _ bandIndices: [Int]) throws -> [UInt8] {
        guard let cube else { throw HelperFailure(.badRequest, "no cube is open") }
        let description = cube.description
        let byteCount = try Self.check(window, bandIndices, description)
        var samples = [UInt8](repeating: 0, count: byteCount)
        try samples.withUnsafeMutableBytes { buffer in
            try cube.read(window, bandIndices: bandIndices, into: buffer)
        }
        return samples
    }

    private func write(_ window: CubeWindow, _ bandIndices: [Int], _ raw: [UInt8]) throws {
        guard let picture else { throw HelperFailure(.badRequest, "nothing is being written") }
        let byteCount = try Self.check(window, bandIndices, picture.description)
        guard byteCount == raw.count else {
            throw HelperFailure(.badRequest, "\(raw.count) bytes for \(byteCount)")
        }
        var raw = raw
        try raw.withUnsafeMutableBytes { bytes in
            try picture.write(window, bandIndices: bandIndices, bytes)
        }
    }

    /// The byte count of a request that lies inside the cube and within one reply.
    private static func check(
        _ window: CubeWindow, _ bandIndices: [Int], _ description: CubeDescription
    ) throws -> Int {
        guard !window.lines.isEmpty, !window.samples.isEmpty, !bandIndices.isEmpty else {
            throw HelperFailure(.badRequest, "nothing is asked for")
        }
        do {
            try window.check(inside: description.geometry)
            try description.geometry.check(bandIndices: bandIndices)
        } catch {
            throw HelperFailure(.badRequest, error.description)
        }
        let pixelByteCount = bandIndices.count.multipliedReportingOverflow(
            by: description.sampleType.byteCount)
        let (byteCount, overflow) = window.pixelCount.multipliedReportingOverflow(
            by: pixelByteCount.partialValue)
        guard !pixelByteCount.overflow, !overflow, byteCount <= HelperCoding.mostRawByteCount
        else { throw HelperFailure(.badRequest, "too many samples in one request") }
        return byteCount
    }
}
#endif
