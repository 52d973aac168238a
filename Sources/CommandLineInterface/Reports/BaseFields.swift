import Archive
import Basics

/// One base network for people.
enum BaseFields {
    /// Everything that is known of it, one value to a line.
    static func text(of base: BaseReport) -> String {
        var fields = FieldList()
        fields.add("version", "\(base.version) (\(base.state))")
        fields.add("SHA-256", base.digest.hexadecimal)
        fields.add("trained", FigureFormat.time(base.trainedAt))
        fields.add(
            "network",
            "K = \(base.hiddenLayerCount) hidden layers, d = \(base.hiddenWidth) wide, "
                + "\(base.outputCount) outputs")
        fields.add("latent", "\(base.latentCount) values per \(grid(base.grid))")
        fields.add("parameters", "\(base.parameterCount)")
        fields.add("bytes", ByteCountFormat.exactText(base.byteCount))
        if base.trainingCubeCount > 0 {
            fields.add(
                "training",
                "\(base.iterationCount) iterations over "
                    + FigureFormat.count(base.trainingCubeCount, "cube") + " in "
                    + FigureFormat.seconds(base.trainingSeconds))
        } else {
            fields.add("training", "imported")
        }
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
