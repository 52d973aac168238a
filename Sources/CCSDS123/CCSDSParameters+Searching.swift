/// What the parameter search changes as one.
extension CCSDSParameters {
    /// Damping in eighths, common to all bands; 0 with an offset of 0 leaves representatives out.
    var commonDamping: Int {
        get { representatives.damping[0] }
        set { setRepresentatives(damping: newValue, offset: commonOffset) }
    }

    /// Offset in eighths, common to all bands.
    var commonOffset: Int {
        get { representatives.offset[0] }
        set { setRepresentatives(damping: commonDamping, offset: newValue) }
    }

    private mutating func setRepresentatives(damping: Int, offset: Int) {
        representatives =
            damping == 0 && offset == 0
            ? .samples
            : CCSDSRepresentatives(
                resolution: 3, damping: .common(damping), offset: .common(offset))
    }

    /// Tables of weights are for one number of bands and one mode; a change of those ends them.
    mutating func dropTablesThatNoLongerFit(since old: CCSDSParameters) {
        guard
            prediction.bandCount != old.prediction.bandCount
                || prediction.isFull != old.prediction.isFull
        else { return }
        prediction.weightInitialization = .standard
        prediction.exponentOffsets = nil
    }
}
