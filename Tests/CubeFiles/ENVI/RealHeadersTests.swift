import Cube
import CubeFiles
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: RealScenes.areHere, RealScenes.absence))
struct RealHeadersTests {
    @Test func dump() throws {
        let folder = RealScenes.path("envi-headers")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let i = CubeInspector().inspect(folder + "/" + name)
            print(
                "HDR", name.prefix(90).suffix(60), i.geometry?.description ?? "-",
                i.sampleType?.rawValue ?? "", i.interleave?.rawValue ?? "",
                i.shortestWavelengthNanometers ?? 0, i.longestWavelengthNanometers ?? 0,
                i.geometry == nil ? (i.reason ?? "")! : "", i.warnings)
        }
    }
}
