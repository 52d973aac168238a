import ContainerFormats

#if !GDAL
/// Answers every request with the reason why it cannot be served.
final class HelperService {
    /// There is no library.
    static let gdalVersion: String? = nil

    /// Refuses one request.
    func answer(_ line: [UInt8], on channel: HelperChannel) throws {
        let failure = HelperFailure(
            .unreadable,
            "this cubevault-gdal was built without GDAL; build it with `swift build --traits GDAL`"
        )
        try channel.say(HelperReply.failed(failure: failure))
    }
}
#endif
