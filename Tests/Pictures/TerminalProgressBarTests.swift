import Basics
import Pictures
import Testing

@Suite struct TerminalProgressBarTests {
    private let report = ProgressReport(
        activity: "training", subject: "base-2", completedCount: 1_200, totalCount: 2_400,
        unit: "iterations", figures: ["psnrDecibels": 38.652])

    @Test func `a wide line says everything`() {
        let line = TerminalProgressBar(columnCount: 120).line(for: report, elapsedSeconds: 70)
        #expect(
            line
                == "training base-2 ████████████░░░░░░░░░░░░   50 %  1,200/2,400 iterations"
                + "  psnr 38.65 dB  1:10, 1:10 left")
    }

    @Test func `a plain line is ASCII`() {
        let line = TerminalProgressBar(columnCount: 120, isPlain: true)
            .line(for: report, elapsedSeconds: 3_700)
        #expect(
            line
                == "training base-2 [###########...........]   50 %  1,200/2,400 iterations"
                + "  psnr 38.65 dB  1:01:40, 1:01:40 left")
    }

    @Test func `no line is wider than the terminal`() {
        var long = report
        long.subject = String(repeating: "very long name ", count: 12)
        long.figures["throughputBytesPerSecond"] = 12_345_678
        for columns in 20...160 {
            for isPlain in [false, true] {
                let bar = TerminalProgressBar(columnCount: columns, isPlain: isPlain)
                for subject in [report, long] {
                    let line = bar.line(for: subject, elapsedSeconds: 5)
                    #expect(line.count <= columns)
                    #expect(line.contains("50 %"))
                }
            }
        }
    }

    @Test func `the bar grows with the work and never leaves its bounds`() {
        let bar = TerminalProgressBar(columnCount: 120)
        let lengths = [-5, 0, 1, 50, 600, 1_199, 2_399, 2_400, 9_999].map { done in
            var moment = report
            moment.completedCount = done
            return bar.line(for: moment, elapsedSeconds: 1).filter { $0 == "█" }.count
        }
        #expect(lengths == lengths.sorted())
        #expect(lengths.first == 0)
        #expect(lengths.last == 24)
        var almost = report
        almost.completedCount = 2_399
        #expect(bar.line(for: almost, elapsedSeconds: 1).contains(" 99 %"))
    }

    @Test func `without a total there is no percentage and no guess`() {
        let open = ProgressReport(
            activity: "ingest", subject: "a.hdr", completedCount: 12_345, totalCount: 0,
            unit: "lines")
        let line = TerminalProgressBar().line(for: open, elapsedSeconds: 7)
        #expect(line == "ingest a.hdr  12,345 lines  0:07")
    }

    @Test func `a name cannot command the terminal`() {
        var hostile = report
        hostile.subject = "a\u{1B}[2Jb\nc\u{202E}d"
        let line = TerminalProgressBar(columnCount: 120).line(for: hostile, elapsedSeconds: 1)
        #expect(line.hasPrefix("training a?[2Jb?c?d "))
    }
}
