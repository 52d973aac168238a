// The kernels for any processor: vectors of four, which compilers turn into NEON where that is the
// baseline and into calls of fmaf where nothing better is.
#include "Paths.h"

#define CNF_TARGET
#define CNF_LANES 4
#define CNF_ROWS 6
#define CNF_TILE_PANELS 1
#define CNF_NAME(name) cnf_##name##_portable
#include "Kernels.h"
