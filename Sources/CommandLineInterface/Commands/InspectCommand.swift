import ArgumentParser
import Basics
import CubeFiles

/// `cubevault inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what would be catalogued, and why not; touches nothing.",
        discussion: """
            Needs no archive. Folders are walked. The exit status is 1 where a file that was \
            named would not be catalogued.

            Examples:
              cubevault inspect scene.hdr
              cubevault inspect /data/campaign7 --json | jq '.[] | select(.isCatalogued | not)'
            """)

    @Argument(help: "Cube files and folders of them.", completion: .file())
    var paths: [String]

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (inspections, refusedCount) = try SignalWatch.guarding(
            advice: "nothing was touched"
        ) { stop in
            let inspector = CubeInspector()
            var refusedCount = 0
            let inspections = try CubeWalk(paths, stop: stop).findings.map { finding in
                try stop.check()
                if let objection = finding.objection, objection.exitStatus == .notFound {
                    throw CommandLineError.requestFailed(
                        reason: objection.reason, exitStatus: .notFound)
                }
                let inspection = inspector.inspect(finding.path)
                if finding.isNamed && !inspection.isCatalogued { refusedCount += 1 }
                return inspection
            }
            return (inspections, refusedCount)
        }
        try output.write(inspections) { InspectionText.text(of: inspections) }
        if refusedCount > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
