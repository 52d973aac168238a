import Archive
import Basics
import Foundation

/// One base network for people.
enum BaseFields {
    /// Everything that is known of it, one value to a line.
    static func text(of base: BaseReport) -> String {
        var fields = FieldList()
        fields.add("version", "\(base.version) (\(base.state))")
        fields.add("family", "\(base.family)/\(base.number)")
        fields.add("SHA-256", base.digest.hexadecimal)
        fields.add("trained", FigureFormat.time(base.trainedAt))
        fields.add(
            "network",
            "K = \(base.hiddenLayerCount) hidden layers, d = \(base.hiddenWidth) wide, "
                + "\(base.outputCount) outputs"
                + (base.omega.map { ", w0 = \(FigureFormat.number(Double($0)))" } ?? ""))
        if let low = base.lowestWavelengthNanometers, let high = base.highestWavelengthNanometers {
            fields.add(
                "wavelengths",
                "\(FigureFormat.nanometers(low)) to \(FigureFormat.nanometers(high))")
        }
        fields.add("latent", "\(base.latentCount) values per \(grid(base.grid))")
        fields.add("latent coding", base.latentCoding)
        fields.add("parameters", "\(base.parameterCount)")
        for companion in base.companions {
            fields.add(
                "companion",
                "K = \(companion.hiddenLayerCount), d = \(companion.hiddenWidth), "
                    + "\(companion.latentCount) values per \(grid(companion.grid)), "
                    + "\(companion.parameterCount) parameters")
        }
        fields.add(
            "bytes",
            ByteCountFormat.exactText(base.byteCount)
                + ", \(ByteCountFormat.text(base.storedByteCount)) on disk")
        fields.add(
            "golden decodes",
            base.goldenSHA256?.map { String($0.prefix(12)) }.joined(separator: " "))
        if base.trainingCubeCount > 0 {
            fields.add(
                "training",
                "\(base.iterationCount) iterations over "
                    + FigureFormat.count(base.trainingCubeCount, "cube") + " in "
                    + FigureFormat.seconds(base.trainingSeconds)
                    + (base.trainingSeed.map { ", seed \($0)" } ?? ""))
        }
        if let count = base.heldOutCubeCount {
            let decibels = base.heldOutPSNRDecibels.map {
                ", mean PSNR " + FigureFormat.decibels($0)
            }
            let bits = base.heldOutBitsPerSample.map { String(format: ", %.5f bits a sample", $0) }
            fields.add(
                "held-out cubes", "\(count) measured" + (decibels ?? "") + (bits ?? ""))
        }
        fields.add("imported from", base.importedFrom)
        let quality = base.meanPSNRDecibels.map { ", mean PSNR " + FigureFormat.decibels($0) }
        fields.add("used by", FigureFormat.count(base.cubeCount, "cube") + (quality ?? ""))
        return fields.text
    }

    private static func grid(_ text: String) -> String {
        let words = text.split(separator: " ")
        guard words.count == 2 else { return text }
        return words[0] == "tiles" ? "tile of \(words[1])" : "cell of \(words[1])"
    }
}
