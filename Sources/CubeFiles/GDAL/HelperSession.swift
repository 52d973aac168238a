import ContainerFormats
import Foundation

/// One conversation with cubevault-gdal about one file, used by one thread at a time.
///
/// Invariants: `state` is touched under `lock` only, which is what makes the class Sendable; after
/// the helper failed once it is not asked again, and every later request gets the same error.
final class HelperSession: @unchecked Sendable {
    private enum State {
        case running(HelperProcess)
        case broken(ContainerError)
    }

    private let lock = NSLock()
    private var state: State
    /// The file that is worked on.
    let path: String

    /// Starts a helper and hears its greeting.
    init(_ helper: GDALHelper, path: String) throws {
        self.path = path
        let process = try HelperProcess(helper, filePath: path)
        let greeting = try process.greet()
        guard greeting.gdalVersion != nil else {
            throw ContainerError.helperWithoutGDAL(helper: helper.path)
        }
        state = .running(process)
    }

    /// Asks for something that is answered in one line.
    ///
    /// - Parameter variable: what was asked for, for messages.
    func ask(
        _ request: HelperRequest, raw: UnsafeRawBufferPointer? = nil, variable: String? = nil
    ) throws -> HelperReply {
        try withProcess { process in
            try process.send(request, raw: raw)
            return try accept(try process.receive(HelperReply.self), variable)
        }
    }

    /// Asks for samples and receives them.
    func read(
        _ request: HelperRequest, into buffer: UnsafeMutableRawBufferPointer
    ) throws {
        try withProcess { process in
            try process.send(request, raw: nil)
            let reply = try accept(try process.receive(HelperReply.self), nil)
            guard reply == .samples(byteCount: buffer.count) else {
                throw process.failure("it answered something else than was asked")
            }
            try process.receive(into: buffer)
        }
    }

    /// The error for an answer that does not belong to the question.
    func unexpected(_ helper: GDALHelper) -> ContainerError {
        .helperFailed(
            helper: helper.path, path: path, reason: "it answered something else than was asked")
    }

    private func withProcess<Result>(
        _ body: (HelperProcess) throws -> Result
    ) throws -> Result {
        lock.lock()
        defer { lock.unlock() }
        switch state {
        case .broken(let error): throw error
        case .running(let process):
            do {
                return try body(process)
            } catch let error as ContainerError {
                if case .helperFailed = error { state = .broken(error) }
                throw error
            }
        }
    }

    /// Lets answers through and turns refusals into our errors.
    private func accept(
        _ reply: HelperReply, _ variable: String?
    ) throws(ContainerError) -> HelperReply {
        guard case .failed(let failure) = reply else { return reply }
        let candidates = failure.candidates.map(VariableCandidate.init)
        switch failure.kind {
        case .ambiguous: throw .ambiguous(path: path, candidates: candidates)
        case .noCube: throw .noCube(path: path, candidates: candidates)
        case .unknownVariable:
            throw .unknownVariable(path: path, variable: variable ?? "", candidates: candidates)
        case .unsupported where variable != nil:
            throw .unsupportedVariable(
                path: path, variable: variable ?? "", reason: failure.message)
        case .unreadable, .unsupported, .badRequest:
            throw .unreadable(path: path, reason: failure.message)
        case .unwritable: throw .writeFailed(path: path, reason: failure.message)
        }
    }
}

extension VariableCandidate {
    /// A candidate as the helper lists it.
    init(_ candidate: HelperCandidate) {
        self.init(name: candidate.name, shape: candidate.shape, typeName: candidate.typeName)
    }
}
