import Cube

/// How an ``ExactEncoder`` codes its blocks.
public enum ExactCoderChoice: Sendable {
    /// Each block by whatever makes it smaller: ``CCSDSCoder``, or ``BandDifferenceCoder`` for what
    /// the standard cannot hold or does worse.
    ///
    /// `sample` is any window of the cube with all its bands; the coding parameters are searched on
    /// it once, for all blocks. ``ExactEncoder/sampleWindow(of:)`` is a good one. Without it blocks
    /// are coded with parameters that suit most cubes: 1 to 7 % longer, detectors' raw counts 22 %.
    case automatic(sample: SampleBlock?)
    /// As ``automatic(sample:)``, with ``AdaptiveCoder`` among the coders: never longer, on real
    /// scenes 1 to 22 % shorter, but a second or less per megasample and core, both ways.
    case best(sample: SampleBlock?)
    /// Every block by ``BandDifferenceCoder``: ten times as fast, 2 to 27 % longer.
    case bandDifference

    /// What the stream's header says.
    var identifier: ExactCoderIdentifier {
        switch self {
        case .automatic: .ccsds123
        case .best: .adaptive
        case .bandDifference: .bandDifference
        }
    }
}
