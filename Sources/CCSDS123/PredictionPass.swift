import Cube
import Basics

/// Runs the predictor over a whole image, line by line and within a line band by band.
struct PredictionPass {
    private let header: CCSDSHeader
    private let direction: PredictionDirection
    private let stop: StopToken
    private let progress: ProgressSink?
    private let predictor: PredictorChoice
    private let mask: CCSDSPixelMask?

    /// - Parameter mask: which pixels are left out; encoding makes their indices 0.
    init(
        _ header: CCSDSHeader, direction: PredictionDirection, predictor: PredictorChoice,
        mask: CCSDSPixelMask? = nil, stop: StopToken, progress: ProgressSink?
    ) {
        self.mask = mask
        self.header = header
        self.direction = direction
        self.predictor = predictor
        self.stop = stop
        self.progress = progress
    }

    /// Turns samples into mapped quantizer indices or back, in place; [bands][lines][samples].
    ///
    /// - Returns: the weights of every band after its last sample.
    @discardableResult
    func run(_ values: inout [Int32]) throws -> [[Int]] {
        let predictor = makePredictor()
        let geometry = header.geometry
        try values.withUnsafeMutableBufferPointer { values in
            for line in 0..<geometry.lines {
                try stop.check()
                func row(_ band: Int) -> UnsafeMutableBufferPointer<Int32> {
                    let start = (band * geometry.lines + line) * geometry.samples
                    return UnsafeMutableBufferPointer(
                        rebasing: values[start..<start + geometry.samples])
                }
                for band in stride(from: 0, to: geometry.bands - 1, by: 2) {
                    try predictor.process(row(band), row(band + 1), line: line, band: band)
                }
                if geometry.bands % 2 == 1 {
                    let last = geometry.bands - 1
                    try predictor.process(row(last), line: line, band: last)
                }
                report(finishedLineCount: line + 1)
            }
        }
        return (0..<geometry.bands).map { predictor.currentWeights(of: $0) }
    }

    private func makePredictor() -> any LinePredictor {
        let image = header.image
        let parameters = header.parameters
        if predictor == .fastest, KernelPredictor.serves(image, parameters.prediction) {
            return KernelPredictor(
                image: image, parameters: parameters, direction: direction, mask: mask)
        }
        return ReferencePredictor(
            image: image, parameters: parameters, direction: direction, mask: mask)
    }

    private func report(finishedLineCount: Int) {
        progress?(
            ProgressReport(
                activity: direction == .encoding ? "encoding" : "decoding", subject: "ccsds123",
                completedCount: finishedLineCount, totalCount: header.geometry.lines, unit: "lines"
            ))
    }
}
