import Daemon
import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct ServiceNotifierTests {
    @Test func `readiness, status and the watchdog reach the service manager's socket`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("notify")
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        let notifier = ServiceNotifier(
            environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "20000000"])
        #expect(notifier.watchdogSeconds == 10)
        notifier.ready()
        notifier.status("3 cubes\narchived")
        notifier.watchdog()
        let messages = (0..<3).map { _ -> String in
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
        #expect(messages == ["READY=1", "STATUS=3 cubes archived", "WATCHDOG=1"])
    }

    @Test func `without a service manager nothing is sent and no watchdog waits`() {
        let notifier = ServiceNotifier(environment: [:])
        notifier.ready()
        #expect(notifier.watchdogSeconds == nil)
    }
}
