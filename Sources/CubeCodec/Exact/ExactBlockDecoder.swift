import Basics
import CCSDS123
import Cube

/// Decodes single blocks of an exact stream from hostile chunks.
struct ExactBlockDecoder: Sendable {
    /// The stream's header, already checked.
    let header: ExactStreamHeader

    /// The samples of block `index`, all bands, bit for bit as the encoder promised.
    ///
    /// - Throws: ``CubeCodecError/damagedBlock(lines:reason:)`` for whatever the bytes are to blame
    ///   for; other errors of `chunk` as they are.
    func decode(_ index: Int, chunk: () throws -> [UInt8]) throws -> SampleBlock {
        let lines = header.blocks[index]
        do {
            return try decode(try chunk(), lines)
        } catch let error as any CubevaultError where error.exitStatus == .damaged {
            throw CubeCodecError.damagedBlock(lines: lines, reason: error.description)
        }
    }

    private func decode(_ chunk: [UInt8], _ lines: Range<Int>) throws -> SampleBlock {
        let block = try ExactBlockHeader(decoding: chunk, lines: lines)
        let body = chunk.dropFirst(ExactBlockHeader.byteCount)
        let exceptions = Array(body.prefix(block.exceptionByteCount))
        let words = try words(of: block, exceptions, payload: body.dropFirst(exceptions.count))
        var bytes: [UInt8]
        switch block.representation {
        case .exact:
            bytes = words.bytes
            SampleWords.map(&bytes, header.sampleType)
        case .quantized, .quotient, .relative:
            let restored =
                block.representation == .relative
                ? try RepresentedSamples.restored(
                    words, header.sampleType, bound: block.step, exceptions: exceptions,
                    nodataValue: header.nodataValue)
                : try RepresentedSamples.restored(
                    words, header.sampleType, step: block.step,
                    isQuotient: block.representation == .quotient, exceptions: exceptions,
                    nodataValue: header.nodataValue)
            guard let restored else { throw damaged("\(block.step) is no step") }
            bytes = restored
        }
        guard CRC32.checksum(of: bytes) == block.checksum else {
            throw damaged("the checksum of the samples does not match")
        }
        return SampleBlock(
            window: CubeWindow(lines: lines, of: header.geometry),
            bandIndices: Array(0..<header.geometry.bands), sampleType: header.sampleType,
            bytes: bytes)
    }

    private func words(
        of block: ExactBlockHeader, _ exceptions: [UInt8], payload: ArraySlice<UInt8>
    ) throws -> WordBlock {
        let layout = layout(of: block)
        if block.arrangement == .whole {
            return try block.coder.coder.decode(payload, layout: layout)
        }
        guard
            layout.isClaimable(byByteCount: exceptions.count + payload.count),
            let mask = CCSDSPixelMask(
                layout,
                exceptions: try SampleExceptions.ranges(
                    in: exceptions, sampleCount: layout.wordCount))
        else { throw damaged("no pixels of it are left out, or too many") }
        if block.arrangement == .masked {
            guard block.coder == .ccsds123 else {
                throw damaged("its coder cannot leave out pixels")
            }
            return try CCSDSCoder().decode(payload, layout: layout, mask: mask)
        }
        guard let pixels = PackedPixels(layout, mask) else {
            throw damaged("its lines are no shorter without the pixels that are left out")
        }
        return pixels.unpacked(try block.coder.coder.decode(payload, layout: pixels.packed))
    }

    private func layout(of block: ExactBlockHeader) -> WordLayout {
        let isFloatIndex = block.representation != .exact && header.sampleType.isFloatingPoint
        return WordLayout(
            bands: header.geometry.bands, lines: block.lines.count,
            samples: header.geometry.samples,
            wordByteCount: isFloatIndex ? 4 : header.sampleType.byteCount)
    }

    private func damaged(_ reason: String) -> BasicsError {
        .malformed(structure: "an exact block", reason: reason)
    }
}
