import Basics
import BlobStore
import Foundation
import Synchronization
import TestSupport
import Testing

struct BlobFaultTests {
    private struct PowerCut: Error {}

    /// Operations after which, from the given step on, nothing happens any more.
    private func cutting(at cut: String) -> FileOperations {
        var operations = FileOperations.real
        operations.reached = { if $0 == cut { throw PowerCut() } }
        operations.remove = { _ in throw PowerCut() }
        return operations
    }

    @Test(arguments: BlobStoreStep.all)
    func `a crash leaves garbage at most, never damage`(step: String) throws {
        let fixture = try BlobFixture()
        #expect(throws: PowerCut.self) {
            try fixture.store(cutting(at: step)).write(BlobFixture.chunks)
        }
        for name in try fixture.store.names() { try fixture.store.verify(name) }
        let isRenamed =
            step == BlobStoreStep.renamed || step == BlobStoreStep.folderSynchronized
        #expect(try fixture.store.names().count == (isRenamed ? 1 : 0))
        #expect(try fixture.store.removeAbandonedTemporaries() == (isRenamed ? 0 : 1))
        #expect(try fixture.write().wasAlreadyThere == isRenamed)
        #expect(try fixture.temporaries().isEmpty)
    }

    @Test func `steps are reached in their stated order`() throws {
        let steps = Mutex<[String]>([])
        var operations = FileOperations.real
        operations.reached = { step in steps.withLock { $0.append(step) } }
        let fixture = try BlobFixture(operations)
        try fixture.write()
        #expect(steps.withLock { $0 } == BlobStoreStep.all)
    }

    @Test func `a failed fsync of the file is not retried and stores nothing`() throws {
        let calls = Mutex(0)
        var operations = FileOperations.real
        operations.synchronizeFile = { file in
            calls.withLock { $0 += 1 }
            throw BasicsError.syncFailed(path: file.path, errorNumber: EIO)
        }
        let fixture = try BlobFixture(operations)
        #expect(throws: BasicsError.self) { try fixture.write() }
        #expect(calls.withLock { $0 } == 1)
        #expect(try fixture.store.names().isEmpty)
    }

    @Test func `a failed fsync of the folder reaches the caller`() throws {
        let calls = Mutex(0)
        var operations = FileOperations.real
        operations.synchronizeFolder = { path in
            calls.withLock { $0 += 1 }
            throw BasicsError.syncFailed(path: path, errorNumber: EIO)
        }
        let fixture = try BlobFixture(operations)
        #expect(throws: BasicsError.self) { try fixture.write() }
        #expect(calls.withLock { $0 } == 1)
    }

    @Test func `a new fan-out folder is forced to the disk before the blob is named`() throws {
        let events = Mutex<[String]>([])
        var operations = FileOperations.real
        operations.synchronizeFolder = { path in events.withLock { $0.append(path) } }
        operations.rename = { from, to in
            events.withLock { $0.append("rename") }
            try FileOperations.real.rename(from, to)
        }
        let fixture = try BlobFixture(operations)
        let name = try fixture.write().name
        let blobs = fixture.store.folder
        let fanOut = blobs + "/" + name.hexadecimal.prefix(2)
        #expect(events.withLock { $0 } == [blobs, "rename", fanOut])
    }

    @Test func `bytes that change on their way to the disk are noticed`() throws {
        for position in [0, 12, 100, 250, 300] {
            var operations = FileOperations.real
            operations.synchronizeFile = { file in
                let byte = try file.bytes(at: position, byteCount: 1)[0]
                try [byte ^ 4].withUnsafeBytes { try file.write($0, at: position) }
                try file.synchronize()
            }
            let fixture = try BlobFixture(operations)
            #expect(throws: BlobStoreError.self) { try fixture.write() }
            #expect(try fixture.store.names().isEmpty)
            #expect(try fixture.temporaries().isEmpty)
        }
    }

    @Test func `verification stops when asked`() throws {
        let fixture = try BlobFixture()
        let name = try fixture.write().name
        let stop = StopToken()
        stop.request()
        #expect(throws: BasicsError.stopped) { try fixture.store.verify(name, stop: stop) }
    }
}
