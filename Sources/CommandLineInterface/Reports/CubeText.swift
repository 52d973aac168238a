import Catalog
import Cube
import Foundation

/// One cube for people.
enum CubeText {
    /// Everything, one value to a line, in sections.
    static func text(of cube: CubeReport) -> String {
        var fields = FieldList()
        addIdentity(of: cube, to: &fields)
        fields.separate()
        addSamples(of: cube, to: &fields)
        fields.separate()
        addLatent(of: cube, to: &fields)
        fields.separate()
        addFiles(of: cube, to: &fields)
        return fields.text + "\n" + events(cube)
    }

    private static func addIdentity(of cube: CubeReport, to fields: inout FieldList) {
        fields.add("ID", cube.id)
        fields.add("name", cube.name)
        fields.add("geometry", "\(cube.geometry), \(cube.sampleType.rawValue)")
        fields.add("bands", bands(cube))
        fields.add("nodata", cube.nodataValue.map(FigureFormat.number))
        fields.add("sensor", cube.sensor)
        fields.add("acquired", cube.acquisitionTime.map(FigureFormat.time))
        fields.add("place", cube.georeference.flatMap(place))
        fields.add("map info", cube.georeference?.mapInfo)
        fields.add("text", cube.text)
        fields.add("collection", cube.collection)
        for (key, value) in cube.tags.sorted(by: { $0.key < $1.key }) {
            fields.add("tag", "\(key) = \(value)")
        }
        fields.add("ingested", FigureFormat.time(cube.ingestedAt))
    }

    private static func bands(_ cube: CubeReport) -> String {
        let wavelengths = cube.bands.compactMap(\.wavelengthNanometers)
        let badCount = cube.bands.filter { !$0.isGood }.count
        var parts = ["\(cube.bands.count)"]
        if let low = wavelengths.min(), let high = wavelengths.max() {
            parts.append(FigureFormat.nanometers(low) + " to " + FigureFormat.nanometers(high))
        }
        if badCount > 0 { parts.append("\(badCount) flagged as bad") }
        return parts.joined(separator: ", ")
    }

    private static func place(_ georeference: Georeference) -> String? {
        georeference.bounds.map { bounds in
            String(
                format: "%.5f, %.5f to %.5f, %.5f (longitude, latitude)", bounds.west,
                bounds.south, bounds.east, bounds.north)
        }
    }

    private static func addSamples(of cube: CubeReport, to fields: inout FieldList) {
        fields.add("fidelity", cube.fidelity)
        if let exact = cube.exact {
            fields.add(
                "exact samples",
                ByteCountFormat.exactText(exact.storedByteCount) + ", "
                    + FigureFormat.bitsPerSample(exact.bitsPerSample)
                    + (exact.maximumAbsoluteError > 0
                        ? ", within \(FigureFormat.number(exact.maximumAbsoluteError))" : ""))
            fields.add("  blob", exact.blob.path)
        } else {
            fields.add("exact samples", "given up")
        }
    }

    private static func addLatent(of cube: CubeReport, to fields: inout FieldList) {
        guard let latent = cube.latent else {
            fields.add("latent", "pending")
            return
        }
        fields.add(
            "latent",
            ByteCountFormat.text(latent.byteCount) + " against base network \(latent.baseVersion)")
        fields.add("  one per", latent.grid)
        fields.add("  PSNR", FigureFormat.decibels(latent.psnrDecibels))
        fields.add("  maximum error", FigureFormat.number(latent.maximumAbsoluteError))
        fields.add(
            "  spectral angle",
            latent.meanSpectralAngleDegrees.map { String(format: "%.3f degrees (mean)", $0) })
        fields.add("  own rate", FigureFormat.bitsPerSample(latent.bitsPerSample))
        fields.add(
            "  base's share",
            FigureFormat.bitsPerSample(latent.baseShareBitsPerSample) + " ("
                + ByteCountFormat.text(latent.baseByteCount) + " shared by "
                + FigureFormat.count(latent.baseCubeCount, "cube") + ")")
        fields.add("  sum", FigureFormat.bitsPerSample(latent.totalBitsPerSample))
    }

    private static func addFiles(of cube: CubeReport, to fields: inout FieldList) {
        for file in cube.sourceFiles {
            fields.add("source", "\(file.fileName) (\(file.role))")
            fields.add("  bytes", ByteCountFormat.exactText(file.byteCount))
            fields.add("  SHA-256", file.sha256)
            switch file.storage {
            case "blob": fields.add("  kept", "whole")
            case "samples": fields.add("  kept", "rebuilt from the exact samples")
            default: fields.add("  kept", "no")
            }
            for blob in file.blobs {
                fields.add("  blob", "\(blob.path)  \(ByteCountFormat.text(blob.storedByteCount))")
            }
        }
    }

    private static func events(_ cube: CubeReport) -> String {
        var table = OutputTable([
            .init(title: "WHEN"), .init(title: "WHAT"), .init(title: "OUTCOME"),
            .init(title: "NOTE", isFlexible: true),
        ])
        for event in cube.events {
            table.add([
                FigureFormat.time(event.at), event.action, event.outcome.rawValue,
                event.message ?? "",
            ])
        }
        return table.text(width: Console.outputWidth)
    }
}
