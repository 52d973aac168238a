import ContainerFormats
import Cube
import Foundation
import Testing

@Suite struct `Messages between cubevault and its GDAL helper` {
    private func round<Message: Codable>(_ message: Message) throws -> Message {
        let line = try HelperCoding.line(message)
        #expect(line.last == UInt8(ascii: "\n") && line.count(where: { $0 == 10 }) == 1)
        return try HelperCoding.message(Message.self, from: line.dropLast())
    }

    @Test func `a description survives, NaN and line feeds included`() throws {
        var description = CubeDescription(
            geometry: try CubeGeometry(lines: 2, samples: 3, bands: 1), sampleType: .float32,
            bands: [BandDescription(wavelengthNanometers: 550.25, name: "green\n\u{1F33F}")],
            nodataValue: -.infinity, acquisitionTime: Date(timeIntervalSince1970: 1_661_580_473.5))
        description.georeference = Georeference(
            affineTransform: [1, 2, 3, 4, 5, 6], coordinateSystemWKT: "LOCAL_CS[\"x\"]")
        let reply = HelperReply.opened(description: description, variable: nil, warnings: ["w"])
        #expect(try round(reply) == reply)
        description.nodataValue = .nan
        let request = HelperRequest.create(path: "/a b/\"c\".tif", description: description)
        guard case .create(let path, let copy) = try round(request) else {
            Issue.record("another message")
            return
        }
        #expect(path == "/a b/\"c\".tif")
        #expect(copy.nodataValue?.isNaN == true)
    }

    /// The exact text is the protocol (docs/FORMAT.md).
    @Test func `requests look as they are documented`() throws {
        let read = HelperRequest.read(
            window: CubeWindow(lines: 0..<10, samples: 5..<6), bandIndices: [3, 1])
        #expect(
            String(decoding: try HelperCoding.line(read), as: UTF8.self)
                == #"{"read":{"bandIndices":[3,1],"window":{"lines":[0,10],"samples":[5,6]}}}"#
                + "\n")
        #expect(
            String(decoding: try HelperCoding.line(HelperRequest.finish), as: UTF8.self)
                == "{\"finish\":{}}\n")
    }

    @Test func `an inverted range is refused`() {
        let text = #"{"read":{"bandIndices":[0],"window":{"lines":[9,2],"samples":[0,1]}}}"#
        #expect(throws: DecodingError.self) {
            try HelperCoding.message(HelperRequest.self, from: Array(text.utf8))
        }
    }
}
