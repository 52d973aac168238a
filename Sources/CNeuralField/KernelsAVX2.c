// The kernels for AVX2 with FMA: 6 x 16 sums in 12 of 16 registers.
#if defined(__x86_64__)
#include "Paths.h"

#define CNF_TARGET __attribute__((target("avx2,fma")))
#define CNF_LANES 8
#define CNF_ROWS 6
#define CNF_TILE_PANELS 1
#define CNF_NAME(name) cnf_##name##_avx2
#include "Kernels.h"
#endif
