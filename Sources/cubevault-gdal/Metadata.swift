#if GDAL
import CGDAL
import ContainerFormats
import Foundation

/// Metadata items of a GDAL dataset or band, which all are named text in domains.
struct Metadata {
    private let object: GDALMajorObjectH

    init(_ object: GDALMajorObjectH) { self.object = object }

    /// The object's description.
    var description: String? { Self.text(GDALGetDescription(object)) }

    /// One item; nil where it is absent or empty.
    func item(_ name: String, domain: String = "") -> String? {
        Self.text(GDALGetMetadataItem(object, name, domain))
    }

    /// The first item that is there, in the default domain, then in ENVI's.
    func first(of names: [String]) -> String? {
        for name in names {
            if let text = item(name) ?? item(name, domain: "ENVI") { return text }
        }
        return nil
    }

    /// A number, such as `418.24`.
    func number(_ name: String, domain: String = "") -> Double? {
        item(name, domain: domain).flatMap { Double($0.trimmingCharacters(in: .whitespaces)) }
    }

    /// A list of numbers as ENVI writes them: `{ 418.24, 424.04 }`; nil unless all are numbers.
    func numbers(_ name: String, domain: String) -> [Double]? {
        guard let text = item(name, domain: domain) else { return nil }
        let parts = text.trimmingCharacters(in: CharacterSet(charactersIn: "{} \n\t"))
            .split(separator: ",")
        let values = parts.compactMap {
            Double($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return values.count == parts.count && !values.isEmpty ? values : nil
    }

    /// Text from C; nil where it is absent or empty.
    static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        let text = String(cString: pointer)
        return text.isEmpty ? nil : text
    }
}
#endif
