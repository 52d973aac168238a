import BlobStore

extension BlobStore {
    @discardableResult
    func write(_ chunks: [[UInt8]]) throws -> BlobReceipt {
        try write { writer in for chunk in chunks { try writer.append(chunk) } }
    }
}
