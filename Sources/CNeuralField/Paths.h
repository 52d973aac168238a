// The compiled forms of the kernels; Dispatch.c chooses among them.
#pragma once

#include "CNeuralField.h"

#define CNF_DECLARE(path)                                                                  \
    void cnf_product_##path(const cnf_product *product);                                   \
    void cnf_outer_##path(const cnf_outer *outer);                                         \
    void cnf_sine_##path(const float *input, float *output, int64_t count);                \
    void cnf_rows_##path(                                                                  \
        const float *factors, const float *matrix, float *sums, int64_t row_count,         \
        int64_t column_count);

CNF_DECLARE(portable)
#if defined(__x86_64__)
CNF_DECLARE(avx2)
CNF_DECLARE(avx512)
#endif
