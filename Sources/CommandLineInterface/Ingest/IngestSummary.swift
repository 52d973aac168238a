import Archive
import Basics

/// What one `cubevault ingest` did; its keys are part of the JSON interface.
struct IngestSummary: Encodable {
    /// A cube that was not archived.
    struct Failure: Encodable, Equatable {
        /// The path that was given or found.
        var path: String
        /// Why.
        var error: String
        /// The exit status that this alone would have given.
        var exitStatus: Int32
    }

    /// Something in a walked folder that is no cube.
    struct Skipped: Encodable, Equatable {
        /// Where it lies.
        var path: String
        /// Why it is none.
        var reason: String
    }

    /// Cubes that the archive now holds.
    var cubes: [IngestReport] = []
    /// Cubes that could not be archived.
    var failures: [Failure] = []
    /// Files in walked folders that are no cubes.
    var skipped: [Skipped] = []
    /// Latents that were made, of these and earlier cubes.
    var latents: [EncodingReport] = []

    /// One line for people.
    var sentence: String {
        let added = cubes.filter { $0.outcome == .added }.count
        var parts = [FigureFormat.count(added, "cube") + " added"]
        if added < cubes.count { parts.append("\(cubes.count - added) there already") }
        if !failures.isEmpty { parts.append("\(failures.count) failed") }
        if !skipped.isEmpty { parts.append("\(skipped.count) skipped") }
        let encoded = latents.filter { $0.outcome == .encoded || $0.outcome == .improved }.count
        if encoded > 0 { parts.append(FigureFormat.count(encoded, "latent") + " written") }
        return parts.joined(separator: ", ")
    }
}
