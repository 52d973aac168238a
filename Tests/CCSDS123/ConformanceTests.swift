import Basics
import CCSDS123
import Testing

/// Without this a folder that lost its cases, or is named wrongly, would pass as skipped.
@Suite(.enabled(if: ReferenceVectors.areExpected, ReferenceVectors.absence))
struct ReferenceVectorFolderTests {
    @Test func `the folder has just the cases of its manifest, and there are some`() throws {
        let manifest = try ReferenceVectors.manifest()
        #expect(!manifest.isEmpty)
        #expect(ReferenceVectors.names == manifest.keys.sorted())
        for name in ReferenceVectors.names {
            let stream = try ReferenceVector(name: name).stream
            #expect(SHA256Hasher.digest(of: stream).hexadecimal == manifest[name], "\(name)")
        }
    }
}

@Suite(.enabled(if: !ReferenceVectors.names.isEmpty, ReferenceVectors.absence))
struct ConformanceTests {
    @Test(arguments: ReferenceVectors.names)
    func `every reference stream is written byte for byte`(name: String) throws {
        let vector = try ReferenceVector(name: name)
        let stream = try CCSDSEncoder.encode(vector.image, parameters: vector.parameters)
        #expect(stream == vector.stream)
    }

    @Test(arguments: ReferenceVectors.names)
    func `every reference stream is decoded to its stated samples`(name: String) throws {
        let vector = try ReferenceVector(name: name)
        let (image, header) = try CCSDSDecoder.decode(
            vector.stream, maximumSampleCount: vector.image.values.count)
        let hash = SHA256Hasher.digest(of: vector.rawBytes(image.values))
        #expect(hash.hexadecimal == vector.decodedHash)
        #expect(image.geometry == vector.image.geometry)
        #expect(image.bitDepth == vector.image.bitDepth)
        #expect(header.parameters.fidelity == vector.parameters.fidelity)
        if vector.parameters.fidelity.isLossless { #expect(image.values == vector.image.values) }
    }
}
