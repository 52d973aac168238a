#include "CDefaults.h"

static const char settings[] = {
#embed "../../etc/cubevault.toml"
    , 0};

const char *cubevault_default_settings(void) { return settings; }
