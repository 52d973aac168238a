import MetaLearning

extension MetaLearningError {
    /// Whether the error says that one cube cannot be learnt, so that work on others goes on.
    var isAboutTheScene: Bool {
        switch self {
        case .noValidSample, .impossibleGrid, .unmatchedCube: true
        default: false
        }
    }
}
