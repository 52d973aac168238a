// The hot loop of the CCSDS 123.0-B-2 predictor (section 4 of the standard): one line of one band.
//
// Integer arithmetic only, so every machine and vector width gives the same result. The Swift
// module CCSDS123 keeps a plain implementation of the same equations as this one's oracle.
//
// Invariants that the caller establishes:
//  * bit_depth is 2...20, every sample and sample representative lies in lowest...highest;
//  * every exponent e = nu + bit_depth - weight_resolution + offset obeys e <= 29 and
//    bit_depth + 1 - e <= 30, so that weight increments fit in 32 bits;
//  * lines come in order, and within a line bands come in order;
//  * the lines that are given together all have sources, or none has.
#pragma once

#include <stdint.h>

// Lanes of a weight vector: N, W, NW, then bands z-1, z-2, ... z-15, then zeros.
#define CPREDICTOR_LANE_COUNT 24

// Integers of one pixel in the ring of central local differences: 3 of padding, 16 slots, the same
// 16 slots again (so that the last 15 bands are always contiguous), 5 of padding.
#define CPREDICTOR_RING_STRIDE 40

// No absolute limit: cpredictor_line.absolute_limit.
#define CPREDICTOR_UNLIMITED INT32_MAX

// What is constant over an image.
typedef struct {
    int32_t sample_count;               // N_X
    int32_t bit_depth;                  // D
    int32_t lowest, highest, middle;    // s_min, s_max, s_mid
    int32_t register_bit_count;         // R
    int32_t weight_resolution;          // Omega
    int32_t representative_resolution;  // Theta
    int32_t prediction_band_count;      // P
    int32_t is_full;                    // full (1) or reduced (0) prediction mode
    // As in the header: wide or narrow neighbour, wide or narrow column.
    int32_t local_sum;
    int32_t first_exponent;             // nu_min
    int32_t last_exponent;              // nu_max
    int32_t exponent_interval;          // t_inc
    int32_t is_decoding;                // rows hold indices and become samples, or the reverse
} cpredictor_image;

// One line of one band.
typedef struct {
    int32_t line, band;
    int32_t absolute_limit;   // a_z, 0 for lossless, CPREDICTOR_UNLIMITED for none
    int32_t relative_limit;   // r_z, negative for none
    int32_t damping, offset;  // phi_z, psi_z
    // [sample_count] samples or mapped quantizer indices, replaced in place.
    int32_t *row;
    int32_t *representatives; // [sample_count] those of the line above, replaced by this line's
    // [sample_count] this line's in band z-1; unused in band 0.
    const int32_t *lower_representatives;
    int32_t *differences;     // [sample_count][CPREDICTOR_RING_STRIDE] ring of central differences
    int32_t *weights;         // [CPREDICTOR_LANE_COUNT]
    const int32_t *exponent_offsets;  // [CPREDICTOR_LANE_COUNT]
    int32_t *scratch;         // [sample_count][4]
    // Without loss only: [sample_count], -1 for a sample as it is meant to be; of one that is left
    // out, the sample whose representative it takes: this line's to its left, from itself on that
    // of the line above, or in the first line that of the band before. NULL where all are coded.
    const int32_t *sources;
} cpredictor_line;

// Predicts the same line of one band, or of two neighbouring ones (`count`), each with a scratch of
// its own. Returns 0, or 1 where decoding met an index that no encoder can have made; the rows are
// then filled with values inside the sample range all the same.
int cpredictor_process(const cpredictor_image *image, const cpredictor_line *lines, int count);
