import Foundation
import Glibc

/// Tells the service manager how the daemon is, by systemd's documented notification protocol
/// (sd_notify(3)): datagrams of KEY=VALUE lines to the socket that NOTIFY_SOCKET names.
///
/// Without that variable nothing is sent. A message that cannot be sent is dropped, because the
/// service manager's watchdog then does what is right.
public struct ServiceNotifier: Sendable {
    private let socketPath: String?
    /// How often WATCHDOG=1 must be sent; nil where no watchdog waits.
    public let watchdogSeconds: Double?

    /// A notifier from the environment that the service manager gave.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        socketPath = environment["NOTIFY_SOCKET"]
        watchdogSeconds = environment["WATCHDOG_USEC"].flatMap(Double.init).map { $0 / 1e6 / 2 }
    }

    /// The daemon is ready to take drops.
    public func ready() { send("READY=1") }

    /// The daemon is finishing.
    public func stopping() { send("STOPPING=1") }

    /// The daemon's main loop is alive.
    public func watchdog() { send("WATCHDOG=1") }

    /// One line for people, shown by `systemctl status`.
    public func status(_ text: String) {
        send("STATUS=" + text.replacingOccurrences(of: "\n", with: " "))
    }

    private func send(_ message: String) {
        guard let socketPath else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard var address = Self.address(socketPath) else { return }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + socketPath.utf8.count)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                message.withCString {
                    sendto(
                        descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL), generic, length)
                }
            }
        }
    }

    /// A leading @ means Linux's abstract namespace: a zero byte in its place.
    private static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            return nil
        }
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            target.copyBytes(from: bytes)
            if bytes[0] == UInt8(ascii: "@") { target[0] = 0 }
        }
        return address
    }
}
