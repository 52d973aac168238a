#pragma once

/// The text of etc/cubevault.toml, every setting with its default; lives for ever.
const char *cubevault_default_settings(void);
