// Chooses the compiled form of each kernel.
#include "Paths.h"

#if defined(__x86_64__)
#define CNF_DISPATCH(path, name, ...)                                \
    switch (path) {                                                  \
        case CNF_AVX512: cnf_##name##_avx512(__VA_ARGS__); break;    \
        case CNF_AVX2: cnf_##name##_avx2(__VA_ARGS__); break;        \
        case CNF_PORTABLE: cnf_##name##_portable(__VA_ARGS__); break; \
    }
#else
#define CNF_DISPATCH(path, name, ...) \
    (void)path;                       \
    cnf_##name##_portable(__VA_ARGS__);
#endif

bool cnf_path_is_available(cnf_path path) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    switch (path) {
        case CNF_PORTABLE: return true;
        case CNF_AVX2: return has_avx2;
        case CNF_AVX512:
            return has_avx2 && __builtin_cpu_supports("avx512f")
                && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
                && __builtin_cpu_supports("avx512dq");
    }
    return false;
#else
    return path == CNF_PORTABLE;
#endif
}

void cnf_run_product(cnf_path path, const cnf_product *product) {
    CNF_DISPATCH(path, product, product)
}

void cnf_run_outer(cnf_path path, const cnf_outer *outer) { CNF_DISPATCH(path, outer, outer) }

void cnf_run_sine(cnf_path path, const float *input, float *output, int64_t count) {
    CNF_DISPATCH(path, sine, input, output, count)
}

void cnf_run_rows(
    cnf_path path, const float *factors, const float *matrix, float *sums, int64_t row_count,
    int64_t column_count) {
    CNF_DISPATCH(path, rows, factors, matrix, sums, row_count, column_count)
}
