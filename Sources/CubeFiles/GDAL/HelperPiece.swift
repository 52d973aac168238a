import ContainerFormats
import Cube

/// A part of a request that is small enough for one message.
struct HelperPiece {
    /// Full-width lines of the request's window.
    let window: CubeWindow
    /// Positions in the request's list of bands.
    let bands: Range<Int>

    /// Pieces that cover a request: runs of lines of all bands, or runs of bands of one line where
    /// even that is too long. A line of one band always fits: it has at most 2^31 samples in no
    /// format, and in practice far less than a message holds.
    static func covering(
        _ window: CubeWindow, bandCount: Int, sampleByteCount: Int,
        mostByteCount: Int = HelperCoding.mostRawByteCount
    ) -> [HelperPiece] {
        let bandLineByteCount = window.samples.count * sampleByteCount
        let bandsAtOnce = min(bandCount, max(1, mostByteCount / bandLineByteCount))
        let linesAtOnce = max(1, mostByteCount / (bandLineByteCount * max(1, bandsAtOnce)))
        var pieces: [HelperPiece] = []
        for band in stride(from: 0, to: bandCount, by: max(1, bandsAtOnce)) {
            for line in stride(
                from: window.lines.lowerBound, to: window.lines.upperBound, by: linesAtOnce)
            {
                let lines = line..<min(line + linesAtOnce, window.lines.upperBound)
                pieces.append(
                    HelperPiece(
                        window: CubeWindow(lines: lines, samples: window.samples),
                        bands: band..<min(band + bandsAtOnce, bandCount)))
            }
        }
        return pieces
    }
}
