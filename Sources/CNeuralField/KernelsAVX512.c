// The kernels for AVX-512: 12 x 32 sums in 24 of 32 registers.
#if defined(__x86_64__)
#include "Paths.h"

#define CNF_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma")))
#define CNF_LANES 16
#define CNF_ROWS 12
#define CNF_TILE_PANELS 2
#define CNF_NAME(name) cnf_##name##_avx512
#include "Kernels.h"
#endif
