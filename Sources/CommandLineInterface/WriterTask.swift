import Archive
import Basics
import Foundation

/// Work that only the holder of the writer lock may do: done here where nobody has the lock, else
/// asked of the process that has it. Both ways run the same code and give the same report.
struct WriterTask {
    let archive: ArchiveOptions
    let output: OutputOptions
    /// Under what 'cubevault status' shows this process's work.
    private static let boardKey = "command"

    /// Does the work and returns its report.
    ///
    /// - Parameters:
    ///   - advice: how to go on where the work is interrupted in this process.
    ///   - note: said on standard error before the work begins; nil for nothing.
    /// - Throws: what the work throws, ``CommandLineError/requestFailed(reason:exitStatus:)``
    ///   where another process failed at it, ``CommandLineError/interrupted(advice:)``.
    func perform<Report: Decodable>(
        _ request: ArchiveRequest, as type: Report.Type, advice: String, note: String? = nil
    ) throws -> Report {
        let progress = output.makeProgress()
        if let note { progress.note(note) }
        let json = try SignalWatch.guarding(advice: advice) { stop in
            defer { progress.finish() }
            return try perform(request, stop: stop, progress: progress)
        }
        return try JSONCoding.decoder.decode(Report.self, from: Data(json.utf8))
    }

    private func perform(
        _ request: ArchiveRequest, stop: StopToken, progress: ConsoleProgress
    ) throws -> String {
        let writer: ArchiveWriter
        do {
            writer = try archive.openWriter()
        } catch ArchiveError.writerBusy(_, let holder) {
            let delegation = try Delegation(
                folder: archive.folder, holder: holder, stop: stop, progress: progress)
            return try delegation.perform(request)
        }
        let board = ProgressBoard(writer.archive.layout)
        defer { board.clear(Self.boardKey) }
        return try RequestHandler(writer).perform(request, stop: stop) {
            progress.show($0)
            board.show($0, under: Self.boardKey)
        }
    }
}
