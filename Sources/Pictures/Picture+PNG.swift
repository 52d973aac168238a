import CPNG
import Glibc

/// PNG encoding through libpng's simplified interface.
extension Picture {
    /// The picture as the bytes of a PNG file.
    ///
    /// - Throws: ``PicturesError/writingFailed(path:reason:)`` where memory runs out.
    public func png() throws -> [UInt8] {
        var image = header()
        defer { png_image_free(&image) }
        // A first call with no memory asks how much is needed.
        var byteCount: png_alloc_size_t = 0
        guard png_image_write_to_memory(&image, nil, &byteCount, 0, bytes, 0, nil) != 0 else {
            throw failure(&image, path: "in memory")
        }
        var encoded = [UInt8](repeating: 0, count: Int(byteCount))
        guard png_image_write_to_memory(&image, &encoded, &byteCount, 0, bytes, 0, nil) != 0 else {
            throw failure(&image, path: "in memory")
        }
        return Array(encoded[..<Int(byteCount)])
    }

    /// Writes the picture as a PNG file, replacing what is there.
    ///
    /// - Throws: ``PicturesError/writingFailed(path:reason:)``.
    public func write(to path: String) throws {
        var image = header()
        defer { png_image_free(&image) }
        guard png_image_write_to_file(&image, path, 0, bytes, 0, nil) != 0 else {
            throw failure(&image, path: path)
        }
    }

    private func header() -> png_image {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(height)
        // PNG_FORMAT_RGBA is a C macro over the two flags that Swift does see.
        image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
        return image
    }

    private func failure(_ image: inout png_image, path: String) -> PicturesError {
        let reason = withUnsafeBytes(of: &image.message) { raw in
            String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .writingFailed(path: path, reason: reason)
    }
}
