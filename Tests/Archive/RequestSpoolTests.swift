import Archive
import Basics
import Foundation
import Testing

@Suite struct RequestSpoolTests {
    let fixture: ArchiveFixture
    let spool: RequestSpool

    init() throws {
        fixture = try ArchiveFixture()
        spool = RequestSpool(ArchiveLayout(folder: fixture.path))
    }

    @Test func `a request waits until it is answered, and its reply is read once`() throws {
        let identity = try spool.submit(.rotate(version: 7, force: false))
        let pending = try spool.pending()
        #expect(pending.map(\.identity) == [identity])
        #expect(pending.map(\.request) == [.rotate(version: 7, force: false)])
        #expect(try spool.takeReply(identity) == nil)
        try spool.answer(identity, ArchiveReply(report: "{}", error: nil, exitStatus: 0))
        #expect(try spool.pending().isEmpty)
        #expect(try spool.takeReply(identity)?.report == "{}")
        #expect(try spool.takeReply(identity) == nil)
    }

    @Test func `a withdrawn request is not done`() throws {
        let identity = try spool.submit(.rollback)
        try spool.withdraw(identity)
        #expect(try spool.pending().isEmpty)
    }

    @Test func `a file that is no request is answered with an error`() throws {
        try Data("{".utf8).write(
            to: URL(filePath: fixture.path + "/requests/x.request.json"))
        #expect(try spool.pending().isEmpty)
        #expect(try spool.takeReply("x")?.error != nil)
    }

    @Test func `a request that cannot be done is answered with why and its exit status`() throws {
        let reply = try RequestHandler(fixture.writer()).reply(
            to: .rollback, stop: .init(), progress: nil)
        #expect(reply.report == nil)
        #expect(reply.exitStatus == 3)
    }
}
