/// Which material covers which pixel of one kind of scene.
protocol SceneLayout: Sendable {
    /// The materials that occur.
    var materials: [Material] { get }
    /// The smooth surfaces that ``cover(line:sample:surfaces:position:)`` looks at; the first
    /// also varies the minor materials and the second the brightness within one material.
    var surfaces: [ValueNoise] { get }
    /// Steepness of the terrain: 0 is flat, 1 alpine.
    var relief: Float { get }

    /// The cover of one pixel. `position` is its place in the surface row.
    func cover(line: Int, sample: Int, surfaces: SurfaceRow, position: Int) -> PixelCover
}

extension SyntheticSceneKind {
    /// The layout of one scene of this kind.
    func layout(sampleCount: Int, seed: UInt64) -> any SceneLayout {
        switch self {
        case .farmland: FarmlandLayout(seed: seed)
        case .coast: CoastLayout(sampleCount: sampleCount, seed: seed)
        case .town: TownLayout(seed: seed)
        case .minerals: MineralsLayout(seed: seed)
        }
    }
}
