import Cube

/// What an ENVI header says of its image: the cube and the form of its binary.
public struct ENVIImage: Hashable, Sendable {
    /// The cube that the header describes.
    public let description: CubeDescription
    /// The order of lines, samples and bands in the binary.
    public let interleave: Interleave
    /// The order of the bytes of one sample.
    public let byteOrder: ByteOrder
    /// Bytes before the first sample.
    public let headerOffsetByteCount: Int
    /// Whether the header calls its binary gzip-compressed.
    public let isDeclaredCompressed: Bool
    /// What in the header was left aside and why, in sentences.
    public let warnings: [String]

    /// Bytes that the binary must have at least, inflated.
    public var leastByteCount: Int { headerOffsetByteCount + description.sampleByteCount }

    /// Interprets a header.
    ///
    /// Lists whose length is not the number of bands are left aside with a warning: the samples are
    /// sound without them.
    ///
    /// - Throws: ``CubeFilesError/notACube(path:reason:)`` for spectral libraries, classifications,
    ///   complex samples and headers of other formats' files,
    ///   ``CubeFilesError/headerIncomplete(path:reason:)`` where a necessary key is missing,
    ///   ``CubeFilesError/headerInvalid(path:reason:)`` where one has an impossible value.
    public init(_ header: ENVIHeader) throws(CubeFilesError) {
        var reader = ENVIImageReader(header)
        try reader.checkFileType()
        let geometry = try reader.geometry()
        let sampleType = try reader.sampleType()
        interleave = try reader.interleave(bandCount: geometry.bands)
        byteOrder = try reader.byteOrder(of: sampleType)
        headerOffsetByteCount = try reader.headerOffset(
            geometry: geometry, sampleType: sampleType)
        isDeclaredCompressed = try reader.isCompressed()
        let bands = reader.bands(count: geometry.bands)
        description = CubeDescription(
            geometry: geometry, sampleType: sampleType, bands: bands,
            nodataValue: reader.nodataValue(of: sampleType), sensor: reader.sensor(),
            acquisitionTime: ENVIAcquisitionTime.date(in: header),
            text: header.value(of: "description"),
            georeference: ENVIGeoreference.georeference(in: header, geometry: geometry))
        warnings = reader.warnings
    }
}
