// The kernels of one path, as a template. The including file defines
//   CNF_TARGET       function attribute that names the instruction set
//   CNF_LANES        floats of one vector register
//   CNF_ROWS         pixels of one register tile; divides CNF_PIXEL_MULTIPLE
//   CNF_TILE_PANELS  panels of one register tile
//   CNF_NAME(name)   the path's own name of a function
//
// A tile keeps CNF_ROWS x CNF_TILE_PANELS x 16 sums in registers while k runs once from the first
// to the last input: one fused multiply-add per sum and k. That order is what makes decoding the
// same everywhere, so no path may split or reorder it.

#include "CNeuralField.h"

#define INLINE static inline __attribute__((always_inline)) CNF_TARGET
#define UNROLL _Pragma("clang loop unroll(full)")
#define VECTORS_PER_PANEL (CNF_PANEL_WIDTH / CNF_LANES)
#define TILE_VECTORS (CNF_TILE_PANELS * VECTORS_PER_PANEL)

typedef float vector __attribute__((ext_vector_type(CNF_LANES), aligned(4), may_alias));
typedef uint32_t bits __attribute__((ext_vector_type(CNF_LANES), aligned(4), may_alias));

INLINE vector CNF_NAME(load)(const float *from) { return *(const vector *)from; }
INLINE void CNF_NAME(store)(float *to, vector value) { *(vector *)to = value; }

INLINE vector CNF_NAME(fma)(vector a, vector b, vector c) {
    return __builtin_elementwise_fma(a, b, c);
}

// t = n pi + r with |r| <= pi/2, so sin t = (-1)^n sin r and cos t = (-1)^n cos r. Adding 1.5 *
// 2^23 rounds to an integer whose parity is the sum's lowest bit. Pi is taken in three parts (Cody
// and Waite, 1980); the first two products are exact for |t| <= CNF_SINE_LIMIT.
INLINE vector CNF_NAME(reduce)(vector t, bits *sign) {
    const vector shifter = 0x1.8p23f;
    vector n = CNF_NAME(fma)(t, 0x1.45f306p-2f, shifter);
    *sign = (bits)n << 31;
    n = shifter - n;
    vector r = CNF_NAME(fma)(n, 0x1.921fb6p+1f, t);
    r = CNF_NAME(fma)(n, -0x1.777a5cp-24f, r);
    return CNF_NAME(fma)(n, -0x1.ee59dap-49f, r);
}

// Minimax on [-pi/2, pi/2] (our own Remez fit): relative error 6.1e-9 before rounding.
INLINE vector CNF_NAME(sine_of_reduced)(vector r, vector square, bits sign) {
    vector p = CNF_NAME(fma)(square, 0x1.5dbdd6p-19f, -0x1.9f6ffep-13f);
    p = CNF_NAME(fma)(square, p, 0x1.110ed4p-7f);
    p = CNF_NAME(fma)(square, p, -0x1.55554cp-3f);
    const vector sine = CNF_NAME(fma)(square * p, r, r);
    return (vector)((bits)sine ^ sign);
}

// Minimax on [-pi/2, pi/2]: absolute error 5.3e-8, enough for gradients.
INLINE vector CNF_NAME(cosine_of_reduced)(vector square, bits sign) {
    vector p = CNF_NAME(fma)(square, 0x1.8523p-16f, -0x1.6b398cp-10f);
    p = CNF_NAME(fma)(square, p, 0x1.554fb8p-5f);
    p = CNF_NAME(fma)(square, p, -0x1.ffffd2p-2f);
    const vector cosine = CNF_NAME(fma)(square, p, (vector)1.0f);
    return (vector)((bits)cosine ^ sign);
}

// Stores the finished vector of one pixel and adds it to `sum` for the chain rule.
INLINE void CNF_NAME(finish)(
    const cnf_product *product, vector z, int64_t offset, cnf_finish finish, vector *sum) {
    float *output = product->output + offset;
    if (finish == CNF_LINEAR) {
        CNF_NAME(store)(output, z);
    } else if (finish == CNF_TIMES_SLOPE) {
        const vector value = z * CNF_NAME(load)(product->slopes + offset);
        CNF_NAME(store)(output, value);
        *sum += value;
    } else {
        bits sign;
        const vector r = CNF_NAME(reduce)(z * product->omega, &sign);
        const vector square = r * r;
        CNF_NAME(store)(output, CNF_NAME(sine_of_reduced)(r, square, sign));
        if (finish == CNF_SINE_AND_SLOPE) {
            const vector cosine = CNF_NAME(cosine_of_reduced)(square, sign);
            CNF_NAME(store)(product->slopes + offset, cosine * product->omega);
        }
    }
}

// One register tile: CNF_ROWS pixels by `panels` panels.
INLINE void CNF_NAME(product_tile)(
    const cnf_product *product, int64_t pixel, int64_t panel, const int panels,
    const cnf_finish finish) {
    const int vectors = panels * VECTORS_PER_PANEL;
    const int64_t depth = product->depth;
    const int64_t stride = product->input_stride;
    const float *input = product->input + pixel * stride;
    const float *weights = product->panels + panel * depth * CNF_PANEL_WIDTH;
    vector z[CNF_ROWS][TILE_VECTORS];
    UNROLL for (int v = 0; v < vectors; v++) {
        const int64_t unit = panel * CNF_PANEL_WIDTH + v * CNF_LANES;
        const vector start = product->start ? CNF_NAME(load)(product->start + unit) : (vector)0.0f;
        UNROLL for (int row = 0; row < CNF_ROWS; row++) z[row][v] = start;
    }
    for (int64_t k = 0; k < depth; k++) {
        vector w[TILE_VECTORS];
        UNROLL for (int v = 0; v < vectors; v++) {
            const int64_t shift = v / VECTORS_PER_PANEL * depth * CNF_PANEL_WIDTH;
            w[v] = CNF_NAME(load)(
                weights + shift + k * CNF_PANEL_WIDTH + v % VECTORS_PER_PANEL * CNF_LANES);
        }
        UNROLL for (int row = 0; row < CNF_ROWS; row++) {
            const vector x = input[row * stride + k];
            UNROLL for (int v = 0; v < vectors; v++) z[row][v] = CNF_NAME(fma)(x, w[v], z[row][v]);
        }
    }
    UNROLL for (int v = 0; v < vectors; v++) {
        const int64_t unit = panel * CNF_PANEL_WIDTH + v * CNF_LANES;
        vector sum = 0.0f;
        UNROLL for (int row = 0; row < CNF_ROWS; row++) {
            const int64_t offset = (pixel + row) * product->output_stride + unit;
            CNF_NAME(finish)(product, z[row][v], offset, finish, &sum);
        }
        if (finish == CNF_TIMES_SLOPE) {
            CNF_NAME(store)(product->sums + unit, CNF_NAME(load)(product->sums + unit) + sum);
        }
    }
}

// Panels outermost: one panel of weights stays in the first cache while all pixels pass by.
INLINE void CNF_NAME(product_finishing)(const cnf_product *product, const cnf_finish finish) {
    int64_t panel = 0;
    for (; panel + CNF_TILE_PANELS <= product->panel_count; panel += CNF_TILE_PANELS) {
        for (int64_t pixel = 0; pixel < product->pixel_count; pixel += CNF_ROWS) {
            CNF_NAME(product_tile)(product, pixel, panel, CNF_TILE_PANELS, finish);
        }
    }
#if CNF_TILE_PANELS > 1
    for (; panel < product->panel_count; panel++) {
        for (int64_t pixel = 0; pixel < product->pixel_count; pixel += CNF_ROWS) {
            CNF_NAME(product_tile)(product, pixel, panel, 1, finish);
        }
    }
#endif
}

CNF_TARGET void CNF_NAME(product)(const cnf_product *product) {
    switch (product->finish) {
        case CNF_LINEAR: CNF_NAME(product_finishing)(product, CNF_LINEAR); break;
        case CNF_SINE: CNF_NAME(product_finishing)(product, CNF_SINE); break;
        case CNF_SINE_AND_SLOPE: CNF_NAME(product_finishing)(product, CNF_SINE_AND_SLOPE); break;
        case CNF_TIMES_SLOPE: CNF_NAME(product_finishing)(product, CNF_TIMES_SLOPE); break;
    }
}

INLINE void CNF_NAME(outer_tile)(
    const cnf_outer *outer, int64_t row, int64_t panel, const int panels) {
    const int vectors = panels * VECTORS_PER_PANEL;
    const float *left = outer->left + row;
    const float *right = outer->right + panel * CNF_PANEL_WIDTH;
    vector sums[CNF_ROWS][TILE_VECTORS];
    UNROLL for (int r = 0; r < CNF_ROWS; r++) {
        UNROLL for (int v = 0; v < vectors; v++) sums[r][v] = 0.0f;
    }
    for (int64_t pixel = 0; pixel < outer->pixel_count; pixel++) {
        vector x[TILE_VECTORS];
        UNROLL for (int v = 0; v < vectors; v++) x[v] = CNF_NAME(load)(right + v * CNF_LANES);
        UNROLL for (int r = 0; r < CNF_ROWS; r++) {
            const vector factor = left[r];
            UNROLL for (int v = 0; v < vectors; v++) {
                sums[r][v] = CNF_NAME(fma)(factor, x[v], sums[r][v]);
            }
        }
        left += outer->left_stride;
        right += outer->right_stride;
    }
    UNROLL for (int r = 0; r < CNF_ROWS; r++) {
        float *to = outer->sums + (row + r) * outer->sum_stride + panel * CNF_PANEL_WIDTH;
        UNROLL for (int v = 0; v < vectors; v++) {
            CNF_NAME(store)(to + v * CNF_LANES, CNF_NAME(load)(to + v * CNF_LANES) + sums[r][v]);
        }
    }
}

CNF_TARGET void CNF_NAME(outer)(const cnf_outer *outer) {
    int64_t panel = 0;
    for (; panel + CNF_TILE_PANELS <= outer->panel_count; panel += CNF_TILE_PANELS) {
        for (int64_t row = 0; row < outer->row_count; row += CNF_ROWS) {
            CNF_NAME(outer_tile)(outer, row, panel, CNF_TILE_PANELS);
        }
    }
#if CNF_TILE_PANELS > 1
    for (; panel < outer->panel_count; panel++) {
        for (int64_t row = 0; row < outer->row_count; row += CNF_ROWS) {
            CNF_NAME(outer_tile)(outer, row, panel, 1);
        }
    }
#endif
}

CNF_TARGET void CNF_NAME(sine)(const float *input, float *output, int64_t count) {
    for (int64_t index = 0; index < count; index += CNF_LANES) {
        bits sign;
        const vector r = CNF_NAME(reduce)(CNF_NAME(load)(input + index), &sign);
        CNF_NAME(store)(output + index, CNF_NAME(sine_of_reduced)(r, r * r, sign));
    }
}

CNF_TARGET void CNF_NAME(rows)(
    const float *factors, const float *matrix, float *sums, int64_t row_count,
    int64_t column_count) {
    for (int64_t row = 0; row < row_count; row++) {
        const float *from = matrix + row * column_count;
        int64_t column = 0;
        for (; column + CNF_LANES <= column_count; column += CNF_LANES) {
            const vector sum = CNF_NAME(load)(sums + column);
            CNF_NAME(store)(
                sums + column, CNF_NAME(fma)(factors[row], CNF_NAME(load)(from + column), sum));
        }
        for (; column < column_count; column++) {
            sums[column] = __builtin_fmaf(factors[row], from[column], sums[column]);
        }
    }
}
