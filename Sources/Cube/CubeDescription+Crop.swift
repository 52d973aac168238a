/// What is known about a part of a cube.
extension CubeDescription {
    /// The description of a window and a choice of bands, as a cube of its own.
    ///
    /// The affine transform moves with the window. Bounds are dropped unless the window is the
    /// whole cube, and so is the source's map text where there is no transform that could correct
    /// it.
    ///
    /// - Throws: ``CubeError/outsideCube(request:geometry:)``, or
    ///   ``CubeError/impossibleGeometry(lines:samples:bands:reason:)`` where no band is named.
    public func cropped(to window: CubeWindow, bandIndices: [Int]) throws(CubeError)
        -> CubeDescription
    {
        try window.check(inside: geometry)
        try geometry.check(bandIndices: bandIndices)
        let extent = try CubeGeometry(
            lines: window.lines.count, samples: window.samples.count, bands: bandIndices.count)
        return CubeDescription(
            geometry: extent, sampleType: sampleType, bands: bandIndices.map { bands[$0] },
            nodataValue: nodataValue, sensor: sensor, acquisitionTime: acquisitionTime, text: text,
            georeference: window == CubeWindow(whole: geometry)
                ? georeference : georeference.map { $0.moved(to: window) })
    }
}

extension Georeference {
    fileprivate func moved(to window: CubeWindow) -> Georeference {
        var moved = self
        moved.bounds = nil
        let sample = Double(window.samples.lowerBound)
        let line = Double(window.lines.lowerBound)
        guard let affine = affineTransform, affine.count == 6 else {
            moved.mapInfo = nil
            return moved
        }
        moved.affineTransform?[0] += sample * affine[1] + line * affine[2]
        moved.affineTransform?[3] += sample * affine[4] + line * affine[5]
        return moved
    }
}
