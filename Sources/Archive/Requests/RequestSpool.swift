import Basics
import Foundation

/// A folder through which commands ask work of the process that holds the writer lock.
///
/// A request is one JSON file, renamed into place; its reply is another with the same name. Either
/// side may die at any moment: a request stays until it is answered, and an answer is read once.
public struct RequestSpool: Sendable {
    private static let requestSuffix = ".request.json"
    private static let replySuffix = ".reply.json"
    private let folder: String

    /// The spool of one archive.
    public init(_ layout: ArchiveLayout) { folder = layout.requests }

    /// Asks for work; returns the identity to wait for.
    public func submit(_ request: ArchiveRequest) throws -> String {
        let identity = UUID().uuidString.lowercased()
        try write(request, identity + Self.requestSuffix)
        return identity
    }

    /// Requests that wait, by identity. A file that is no request is answered with an error.
    public func pending() throws -> [(identity: String, request: ArchiveRequest)] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            guard name.hasSuffix(Self.requestSuffix) else { return nil }
            let identity = String(name.dropLast(Self.requestSuffix.count))
            // One that is gone by now was withdrawn.
            guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else {
                return nil
            }
            do {
                return (identity, try JSONCoding.decoder.decode(ArchiveRequest.self, from: bytes))
            } catch {
                let reason = "\(name) is not a request: \(error)"
                try answer(
                    identity, ArchiveReply(report: nil, error: reason, exitStatus: 2))
                return nil
            }
        }
    }

    /// Answers a request, which no longer waits then. Nobody waits for the answer to one that was
    /// withdrawn, so it gets none.
    public func answer(_ identity: String, _ reply: ArchiveReply) throws {
        let path = folder + "/" + identity + Self.requestSuffix
        guard FileManager.default.fileExists(atPath: path) else { return }
        try write(reply, identity + Self.replySuffix)
        try withdraw(identity)
    }

    /// The reply to a request, taken away; nil while there is none.
    public func takeReply(_ identity: String) throws -> ArchiveReply? {
        let path = folder + "/" + identity + Self.replySuffix
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let bytes = try Data(contentsOf: URL(filePath: path))
        let reply = try JSONCoding.decoder.decode(ArchiveReply.self, from: bytes)
        try FileManager.default.removeItem(atPath: path)
        return reply
    }

    /// Takes a request back, such as when its command was interrupted while it waited.
    public func withdraw(_ identity: String) throws {
        let path = folder + "/" + identity + Self.requestSuffix
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    private func write(_ value: some Encodable, _ name: String) throws {
        try Data(JSONCoding.encoder.encode(value)).write(
            to: URL(filePath: folder + "/" + name), options: .atomic)
    }
}
