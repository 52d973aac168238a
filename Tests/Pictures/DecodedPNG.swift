import CPNG
import Testing

/// A PNG file read back by libpng.
struct DecodedPNG {
    let width: Int
    let height: Int
    /// [rows][columns][red, green, blue, alpha]
    let bytes: [UInt8]

    init(_ file: [UInt8]) throws {
        // libpng keeps the address between its two calls.
        (width, height, bytes) = try file.withUnsafeBytes { file in
            var image = png_image()
            image.version = png_uint_32(PNG_IMAGE_VERSION)
            defer { png_image_free(&image) }
            try #require(
                png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0)
            image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
            var pixels = [UInt8](repeating: 0, count: Int(image.width * image.height) * 4)
            try #require(png_image_finish_read(&image, nil, &pixels, 0, nil) != 0)
            return (Int(image.width), Int(image.height), pixels)
        }
    }
}
