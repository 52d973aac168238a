// The float kernels of the modulated SIREN (Sources/NeuralField calls them; nobody else should).
//
// Every result is the same on every machine, path and vector width: each output is one chain of
// fused multiply-adds over k in ascending order, vectors only ever lie across outputs, and the sine
// is our own polynomial. Compile with -ffp-contract=off.
//
// Shapes: a matrix of activations is [pixels][stride]; pixel counts are multiples of
// CNF_PIXEL_MULTIPLE; units come in panels of CNF_PANEL_WIDTH, the last one filled up with zeros.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Units that one panel of packed weights computes.
#define CNF_PANEL_WIDTH 16
/// Pixel counts, and rows of weight gradients, are multiples of this.
#define CNF_PIXEL_MULTIPLE 12
/// Largest |w0 z| for which the stated error of the sine holds.
#define CNF_SINE_LIMIT 8192.0f

/// One compiled form of the kernels.
typedef enum cnf_path {
    /// C's fmaf, four lanes wide: runs everywhere, fast only where fma is in the baseline.
    CNF_PORTABLE = 0,
    /// x86-64 with AVX2 and FMA.
    CNF_AVX2 = 1,
    /// x86-64 with AVX-512F.
    CNF_AVX512 = 2,
} cnf_path;

/// What becomes of a product before it is stored.
typedef enum cnf_finish {
    /// Stored as it is.
    CNF_LINEAR,
    /// output = sin(omega z).
    CNF_SINE,
    /// output = sin(omega z), slopes = omega cos(omega z).
    CNF_SINE_AND_SLOPE,
    /// output = z * slopes, and sums[unit] += the pixels' outputs: the chain rule.
    CNF_TIMES_SLOPE,
} cnf_finish;

/// z[pixel][unit] = start[unit] + sum over k of input[pixel][k] * panels[unit / 16][k][unit % 16].
typedef struct cnf_product {
    const float *input;   // [pixels][input_stride], of which `depth` are read
    const float *panels;  // [panels][depth][16]
    const float *start;   // [panels * 16], or null for zeros
    float *output;        // [pixels][output_stride]
    float *slopes;        // [pixels][output_stride]; written or read as `finish` says
    float *sums;          // [panels * 16]; only for CNF_TIMES_SLOPE
    int64_t pixel_count;  // a multiple of CNF_PIXEL_MULTIPLE
    int64_t depth;
    int64_t panel_count;
    int64_t input_stride;
    int64_t output_stride;  // at least panels * 16
    float omega;
    cnf_finish finish;
} cnf_product;

/// sums[row][column] += sum over pixels of left[pixel][row] * right[pixel][column].
typedef struct cnf_outer {
    const float *left;      // [pixels][left_stride]
    const float *right;     // [pixels][right_stride]
    float *sums;            // [rows][sum_stride]
    int64_t pixel_count;
    int64_t row_count;      // a multiple of CNF_PIXEL_MULTIPLE
    int64_t panel_count;    // columns / 16
    int64_t left_stride;    // at least rows
    int64_t right_stride;   // at least panels * 16
    int64_t sum_stride;     // at least panels * 16
} cnf_outer;

/// Whether this processor can run a path.
bool cnf_path_is_available(cnf_path path);

/// A layer forwards, or the chain rule through one.
void cnf_run_product(cnf_path path, const cnf_product *product);

/// A weight gradient.
void cnf_run_outer(cnf_path path, const cnf_outer *outer);

/// output[i] = sin(input[i]) by the kernels' own sine; for tests. `count` is a multiple of 16.
void cnf_run_sine(cnf_path path, const float *input, float *output, int64_t count);

/// sums[column] += sum over rows of factors[row] * matrix[row][column], in order of rows.
void cnf_run_rows(
    cnf_path path, const float *factors, const float *matrix, float *sums, int64_t row_count,
    int64_t column_count);

/// Packs a matrix [units][depth] (row stride `stride`) for z = matrix x: panels
/// [panels][depth][16].
void cnf_pack_rows(
    const float *matrix, int64_t unit_count, int64_t depth, int64_t stride, float *panels);

/// Packs a matrix [depth][units] for z = x matrix, as the chain rule needs: [panels][depth][16].
void cnf_pack_columns(
    const float *matrix, int64_t depth, int64_t unit_count, int64_t stride, float *panels);

/// values[pixel][column] -= targets[pixel][column], 0 where a target is NaN (not in the loss).
/// Returns the sum of the squares.
double cnf_residuals(
    float *values, const float *targets, int64_t pixel_count, int64_t column_count,
    int64_t value_stride, int64_t target_stride);

/// output[column][pixel] = input[pixel][column].
void cnf_transpose(
    const float *input, int64_t pixel_count, int64_t column_count, int64_t input_stride,
    float *output, int64_t output_stride);

/// One step of Adam (Kingma and Ba, 2015) with bias corrections 1/(1 - beta^t) given.
typedef struct cnf_adam {
    float *parameters;      // [count]
    float *means;           // [count] running mean of gradients
    float *squares;         // [count] running mean of squared gradients
    const float *gradient;  // [count]
    int64_t count;
    float rate;
    float mean_decay;
    float square_decay;
    float mean_correction;
    float square_correction;
} cnf_adam;

/// Updates the parameters and both running means.
void cnf_run_adam(const cnf_adam *step);
