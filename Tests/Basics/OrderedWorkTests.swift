import Basics
import Synchronization
import Testing

struct OrderedWorkTests {
    private struct Failure: Error, Equatable { let index: Int }

    @Test(arguments: [1, 2, 3, 8])
    func `results arrive in order and few are held`(threadCount: Int) throws {
        let begun = Mutex(0)
        var handedOn = 0
        var most = 0
        try OrderedWork.run(count: 200, threadCount: threadCount, stop: StopToken()) { index in
            begun.withLock { $0 += 1 }
            return index * index
        } handOn: { index, result in
            #expect(result == handedOn * handedOn && index == handedOn)
            most = max(most, begun.withLock { $0 } - handedOn)
            handedOn += 1
        }
        #expect(handedOn == 200)
        #expect(most <= threadCount + 2)
    }

    @Test(arguments: [1, 4])
    func `the first failure ends the work`(threadCount: Int) {
        var received: [Int] = []
        #expect(throws: Failure(index: 5)) {
            try OrderedWork.run(count: 50, threadCount: threadCount, stop: StopToken()) { index in
                if index >= 5 { throw Failure(index: index) }
                return index
            } handOn: { _, result in
                received.append(result)
            }
        }
        #expect(received == [0, 1, 2, 3, 4])
    }

    @Test(arguments: [1, 4])
    func `a stop request ends the work`(threadCount: Int) {
        let stop = StopToken()
        var count = 0
        #expect(throws: BasicsError.stopped) {
            try OrderedWork.run(count: 50, threadCount: threadCount, stop: stop) {
                $0
            } handOn: {
                _, _ in
                count += 1
                if count == 7 { stop.request() }
            }
        }
        #expect(count == 7)
    }
}
