import CubeCodec
import Foundation
import Testing

struct FidelityTests {
    @Test(arguments: [
        ("lossless", Fidelity.lossless), ("latent", .latent), ("max-error=3", .maximumError(3)),
        ("max-error=0.001", .maximumError(0.001)), ("max-error=0", .maximumError(0)),
        ("max-error=1%", .maximumRelativeError(percent: 1)),
        ("max-error=0.7%", .maximumRelativeError(percent: 0.7)),
    ])
    func `a fidelity is its text`(text: String, fidelity: Fidelity) throws {
        #expect(Fidelity(text) == fidelity)
        #expect(fidelity.description == text)
        let json = try JSONEncoder().encode([fidelity])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([Fidelity].self, from: json) == [fidelity])
    }

    @Test(arguments: [
        "", "Lossless", "max-error=", "max-error=-1", "max-error=inf", "max-error=nan", "max-error",
        "max-error=1 ", "exact", "max-error=%", "max-error=0%", "max-error=60%", "max-error=1e-9%",
        "max-error=-1%", "max-error=nan%",
    ])
    func `other text is no fidelity`(text: String) {
        #expect(Fidelity(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Fidelity].self, from: Data("[\"\(text)\"]".utf8))
        }
    }
}
