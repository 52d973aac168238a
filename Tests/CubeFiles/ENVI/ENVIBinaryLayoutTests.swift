import Cube
import CubeFiles
import Foundation
import Testing

struct ENVIBinaryLayoutTests {
    @Test func `a layout survives JSON`() throws {
        let layout = ENVIBinaryLayout(
            interleave: .bil, byteOrder: .bigEndian, headerOffsetByteCount: 3, trailingByteCount: 4)
        let coded = try JSONEncoder().encode(layout)
        #expect(try JSONDecoder().decode(ENVIBinaryLayout.self, from: coded) == layout)
    }

    @Test func `negative counts are refused`() {
        let text = """
            {"interleave":"bsq","byteOrder":"littleEndian","headerOffsetByteCount":-1,
            "trailingByteCount":0,"isCompressed":false}
            """
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ENVIBinaryLayout.self, from: Data(text.utf8))
        }
    }
}
