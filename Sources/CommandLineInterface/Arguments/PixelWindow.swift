import ArgumentParser
import Cube

/// Pixels to restore: `X,Y,W,H`, where X is the sample (column) and Y the line (row) of the upper
/// left pixel, both counted from 0, and W samples by H lines are wanted.
struct PixelWindow: ExpressibleByArgument, Equatable {
    /// The same as ranges of lines and samples.
    let window: CubeWindow

    /// Reads the text; nil where it is no rectangle of at least one pixel.
    init?(argument: String) {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        let values = fields.compactMap { Int($0.drop { $0 == " " }) }
        guard fields.count == 4, values.count == 4, values[0] >= 0, values[1] >= 0, values[2] > 0,
            values[3] > 0
        else { return nil }
        let (right, rightOverflows) = values[0].addingReportingOverflow(values[2])
        let (bottom, bottomOverflows) = values[1].addingReportingOverflow(values[3])
        guard !rightOverflows, !bottomOverflows else { return nil }
        window = CubeWindow(lines: values[1]..<bottom, samples: values[0]..<right)
    }
}
