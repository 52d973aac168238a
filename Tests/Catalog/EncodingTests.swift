import Basics
import Catalog
import Cube
import Foundation
import Testing

/// Encodings are switched, rolled back and deleted whole or not at all.
struct EncodingTests {
    private struct Interruption: Error {}
    private let fixture: CatalogFixture
    private let cubes: [SHA256Digest]

    /// Three cubes encoded against base 1, which is current; base 2 is a candidate.
    init() throws {
        fixture = try CatalogFixture()
        try fixture.addBase(1, state: .current)
        try fixture.addBase(2, state: .candidate)
        let names = ["a", "b", "c"]
        cubes = try names.map { [fixture] in
            try fixture.add($0, encoding: CatalogFixture.encoding(base: 1, latent: [1, 1]))
        }
    }

    private func currentBases() throws -> [Int?] {
        try cubes.map { try fixture.writer.currentEncoding(of: $0)?.baseVersion }
    }

    @Test func `an encoding comes back with its latent and figures`() throws {
        let new = CatalogFixture.encoding(base: 2, latent: [0, 255, 9], psnr: nil, mse: 0)
        let number = try fixture.writer.flipEncoding(of: cubes[0], to: new)
        let back = try #require(try fixture.writer.currentEncoding(of: cubes[0]))
        #expect(back.id == number)
        #expect(back.cubeID == cubes[0])
        #expect(back.latent == new.latent)
        #expect(back.quality == new.quality)
        #expect(back.summary.latentByteCount == 3)
        #expect(back.summary.createdAt == new.createdAt)
        #expect(back.summary.encodeSeconds == new.encodeSeconds)
        #expect(back.summary.outcome == .accepted)
    }

    @Test func `a flip keeps the former encoding, no longer current`() throws {
        try fixture.writer.flipEncoding(of: cubes[0], to: CatalogFixture.encoding(base: 2))
        let all = try fixture.writer.encodings(of: cubes[0])
        #expect(all.map(\.baseVersion) == [2, 1])
        #expect(all.map(\.isCurrent) == [true, false])
        let former = try #require(try fixture.writer.encoding(of: cubes[0], base: 1))
        #expect(former.latent == [1, 1])
    }

    @Test func `an error in the middle of a flip changes nothing`() throws {
        let event = CatalogFixture.event("rotate", cube: cubes[0])
        #expect(throws: Interruption.self) {
            try fixture.writer.batch { transaction in
                let new = CatalogFixture.encoding(base: 2)
                try transaction.flipEncoding(of: cubes[0], to: new, events: [event])
                #expect(try transaction.queries.currentEncoding(of: cubes[0])?.baseVersion == 2)
                try transaction.promoteBase(2)
                throw Interruption()
            }
        }
        #expect(try currentBases() == [1, 1, 1])
        #expect(try fixture.writer.encodings(of: cubes[0]).count == 1)
        #expect(try fixture.writer.currentBase()?.version == 1)
        #expect(try fixture.writer.events(for: cubes[0]).isEmpty)
    }

    @Test func `a flip that the catalog refuses keeps the former current, even in a batch`() throws
    {
        try fixture.writer.batch { transaction in
            #expect(throws: (any Error).self) {
                try transaction.flipEncoding(
                    of: cubes[0], to: CatalogFixture.encoding(base: 99))
            }
            #expect(throws: (any Error).self) {
                try transaction.flipEncoding(
                    of: cubes[1], to: CatalogFixture.encoding(base: 2, latent: []))
            }
            #expect(throws: (any Error).self) {
                try transaction.flipEncoding(
                    of: cubes[1], to: CatalogFixture.encoding(base: 2, mse: .nan))
            }
            try transaction.flipEncoding(of: cubes[2], to: CatalogFixture.encoding(base: 2))
        }
        #expect(try currentBases() == [1, 1, 2])
    }

    @Test func `re-encoding against the same base replaces`() throws {
        let new = CatalogFixture.encoding(base: 1, latent: [5])
        try fixture.writer.flipEncoding(of: cubes[0], to: new)
        #expect(try fixture.writer.encodings(of: cubes[0]).count == 1)
        #expect(try fixture.writer.currentEncoding(of: cubes[0])?.latent == [5])
    }

    @Test func `planning lists what was never tried`() throws {
        let writer = fixture.writer
        #expect(try writer.cubesNeedingEncoding(base: 1).isEmpty)
        #expect(try writer.cubesNeedingEncoding(base: 2) == cubes)
        try writer.flipEncoding(of: cubes[0], to: CatalogFixture.encoding(base: 2))
        try writer.rejectEncoding(
            of: cubes[1], CatalogFixture.encoding(base: 2, latent: [], psnr: 12))
        #expect(try writer.cubesNeedingEncoding(base: 2) == [cubes[2]])
        #expect(try writer.cubesNeedingEncoding(base: 2, limit: 0).isEmpty)
        #expect(try writer.cubesWithoutEncoding(base: 2) == [cubes[1], cubes[2]])
        #expect(try writer.cubesWithoutCurrentEncoding().isEmpty)
        let bare = try fixture.add("bare")
        #expect(try writer.cubesWithoutCurrentEncoding() == [bare])
        #expect(try currentBases() == [2, 1, 1])
        let tried = try writer.encodings(base: 2)
        #expect(Set(tried.map(\.cubeID)) == [cubes[0], cubes[1]])
        #expect(tried.filter { $0.outcome == .rejected }.map(\.quality.psnrDecibels) == [12])
        #expect(try writer.currentEncodings().count == 3)
    }

    @Test func `a rejection never harms an accepted encoding`() throws {
        try fixture.writer.rejectEncoding(
            of: cubes[0], CatalogFixture.encoding(base: 1, latent: [], psnr: 1))
        #expect(try fixture.writer.currentEncoding(of: cubes[0])?.latent == [1, 1])
        try fixture.writer.rejectEncoding(of: cubes[0], CatalogFixture.encoding(base: 2))
        try fixture.writer.flipEncoding(
            of: cubes[0], to: CatalogFixture.encoding(base: 2, latent: [8]))
        #expect(try fixture.writer.currentEncoding(of: cubes[0])?.latent == [8])
    }

    /// Rotates to a version; `flipped` are switched to it, the other old cubes keep theirs.
    private func rotate(to version: Int, flipped: [SHA256Digest]) throws -> RotationRecord {
        try fixture.writer.batch { change in
            let rotation = try change.beginRotation(
                to: version, isForced: false, at: CatalogFixture.noon)
            for cube in cubes {
                try change.stageEncoding(of: cube, CatalogFixture.encoding(base: version))
                if flipped.contains(cube) {
                    try change.flipToStaged(of: cube, base: version, rotation: rotation.id)
                } else {
                    try change.rejectStaged(of: cube, base: version)
                }
            }
            while let job = try change.claim(at: CatalogFixture.noon) {
                try change.finish(job.id, at: CatalogFixture.noon)
            }
            return try #require(try change.finishRotationIfDone(at: CatalogFixture.noon))
        }
    }

    @Test func `a rollback restores all former encodings at once`() throws {
        let writer = fixture.writer
        let first = try rotate(to: 2, flipped: [cubes[0], cubes[1]])
        #expect(first.oldVersion == 1 && first.cubeCount == 3 && first.state == .done)
        let newcomer = try fixture.add("d", encoding: CatalogFixture.encoding(base: 2))
        try fixture.addBase(3, state: .candidate)
        let second = try rotate(to: 3, flipped: [cubes[1], cubes[2]])
        #expect(try currentBases() == [2, 3, 3])
        #expect(throws: CatalogError.self, "only the latest can be taken back") {
            try writer.batch { try $0.rollBack(first, at: CatalogFixture.noon) }
        }
        #expect(try writer.batch { try $0.rollBack(second, at: CatalogFixture.noon) } == 2)
        #expect(try currentBases() == [2, 2, 1])
        #expect(try writer.currentBase()?.version == 2)
        #expect(try writer.base(inState: .previous)?.version == 1)
        #expect(try writer.batch { try $0.rollBack(first, at: CatalogFixture.noon) } == 2)
        #expect(try currentBases() == [1, 1, 1])
        #expect(try writer.currentEncoding(of: newcomer)?.baseVersion == 2)
        #expect(try writer.cubesNeedingEncoding(base: 1) == [newcomer])
        #expect(try writer.currentBase()?.version == 1)
        #expect(try writer.latestRotation() == nil)
        #expect(try writer.integrityCheck(thorough: true).isEmpty)
    }

    @Test func `what a rollback needs cannot be deleted`() throws {
        _ = try rotate(to: 2, flipped: cubes)
        #expect(throws: CatalogError.self) {
            try fixture.writer.batch { try $0.deleteEncoding(of: cubes[0], base: 1) }
        }
        #expect(throws: CatalogError.self) { try fixture.writer.deleteEncodings(baseVersion: 1) }
        let later = CatalogFixture.noon.addingTimeInterval(1)
        #expect(try fixture.writer.batch { try $0.forgetFlips(endedBefore: later) } == 3)
        #expect(try fixture.writer.base(1).state == .retired)
        #expect(try fixture.writer.deleteEncodings(baseVersion: 1) == 3)
    }

    @Test func `encodings that cubes are decoded from cannot be deleted`() throws {
        let writer = fixture.writer
        #expect(throws: CatalogError.baseInUse(version: 1, cubeCount: 3)) {
            try writer.deleteEncodings(baseVersion: 1)
        }
        for cube in cubes {
            try writer.flipEncoding(of: cube, to: CatalogFixture.encoding(base: 2))
        }
        #expect(try writer.deleteEncodings(baseVersion: 1) == 3)
        #expect(try currentBases() == [2, 2, 2])
    }

    @Test func `bands that a network does not know are counted over the new cubes it encoded`()
        throws
    {
        let fixture = try CatalogFixture()
        try fixture.addBase(1, state: .current)
        let encoding = CatalogFixture.encoding(base: 1)
        let later = CatalogFixture.noon.addingTimeInterval(10)
        func add(_ name: String, _ wavelengths: [Double?], at time: Date = later) throws {
            let bands = wavelengths.map { BandDescription(wavelengthNanometers: $0) }
            try fixture.add(
                name, description: CatalogFixture.description(bands: bands), ingestedAt: time,
                encoding: encoding)
        }
        func share(knowing known: ClosedRange<Double>?, outputCount: Int = 2) throws -> Double? {
            try fixture.writer.read {
                try $0.uncoveredBandShare(
                    since: CatalogFixture.noon, base: 1, wavelengthNanometers: known,
                    outputCount: outputCount)
            }
        }
        try add("old", [2000, 2100], at: CatalogFixture.noon)
        #expect(try share(knowing: 400...1000) == nil)
        try add("half", [500, 1000, 1001, 2000])
        #expect(try share(knowing: 400...1000) == 0.5)
        #expect(try share(knowing: 400...2000) == 0)
        #expect(try share(knowing: nil) == 1)
        try add("nameless", [nil, nil, nil, nil], at: later.addingTimeInterval(1))
        #expect(try share(knowing: 400...2000) == 0.25)
        #expect(try share(knowing: 400...2000, outputCount: 4) == 0)
    }
}
