// Reads and writes, for cubevault, the files that only GDAL understands, as a child process: see
// docs/FORMAT.md for what is said on standard input and output.

import ContainerFormats
import Foundation

if CommandLine.arguments.dropFirst().contains("--version") {
    let library = HelperService.gdalVersion.map { "with GDAL \($0)" } ?? "built without GDAL"
    print("cubevault-gdal, protocol \(HelperGreeting.protocolVersion), \(library)")
    exit(0)
}

do {
    let channel = try HelperChannel()
    let service = HelperService()
    try channel.say(HelperGreeting(gdalVersion: HelperService.gdalVersion))
    while let line = try channel.readLine() { try service.answer(line, on: channel) }
} catch {
    FileHandle.standardError.write(Data("cubevault-gdal: \(error)\n".utf8))
    exit(1)
}
