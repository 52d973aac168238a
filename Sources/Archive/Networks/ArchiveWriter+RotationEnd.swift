import Catalog
import Foundation

extension ArchiveWriter {
    /// Records that a rotation has nothing left to try, in the transaction that ends it.
    func recordEnd(of rotation: RotationRecord, in change: CatalogTransaction) throws {
        let flipped = try change.queries.flipCount(ofRotation: rotation.id)
        let end = rotation.finishedAt ?? now()
        try change.recordEvent(
            event(
                .rotate, .base(rotation.newVersion),
                message: rotation.cubeCount == 0
                    ? "there was no cube to try" : "every cube was tried",
                figures: [
                    "version": Double(rotation.newVersion),
                    "cubeCount": Double(rotation.cubeCount), "flippedCubeCount": Double(flipped),
                    "seconds": end.timeIntervalSince(rotation.startedAt),
                ]))
    }
}
