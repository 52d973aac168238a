import CDefaults

extension Settings {
    /// The text of etc/cubevault.toml, which `init` puts into a new archive.
    public static var defaultFile: String { String(cString: cubevault_default_settings()) }
}
