#include "CMigrations.h"
extern const int CMigrationsPlaceholder; const int CMigrationsPlaceholder = 0;
