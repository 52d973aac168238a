#ifndef CADAPTIVEPREDICTOR_INLINE_H
#define CADAPTIVEPREDICTOR_INLINE_H

#include <float.h>

// Everything is inlined into the entry points, which are compiled once per instruction set.
#define INLINE static inline __attribute__((always_inline))

static_assert(FLT_EVAL_METHOD == 0, "doubles must be computed as doubles");

// Lanes are independent values; where they are summed, the order is written out.
typedef double double4 __attribute__((vector_size(32)));
typedef double double8 __attribute__((vector_size(64)));

INLINE int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
INLINE int32_t greatest(int32_t a, int32_t b) { return a > b ? a : b; }

// `value` within bounds; `low` where it is no number.
INLINE double clamped(double value, double low, double high) {
    if (!(value >= low)) return low;
    return value > high ? high : value;
}

#endif
