// The quantizer of CCSDS 123.0-B-2 (4.8), its inverse and sample representatives (4.9). Equation
// numbers are those of the standard (February 2019).
#pragma once

#include "CPredictor.h"

#include <stdbool.h>

#define INLINE static inline __attribute__((always_inline))

INLINE int64_t minimum(int64_t a, int64_t b) { return a < b ? a : b; }
INLINE int64_t maximum(int64_t a, int64_t b) { return a > b ? a : b; }

// value * 2^exponent; a left shift of a negative value would be undefined.
INLINE int64_t scaled(int64_t value, int32_t exponent) {
    return value * ((int64_t)1 << exponent);
}

// What the loops need of one prediction.
typedef struct {
    int64_t high_resolution;    // (37)
    int32_t double_resolution;  // (38)
    int32_t sample;             // (39)
} prediction;

// (44), (45)
INLINE int32_t maximum_error(const cpredictor_image *image, const cpredictor_line *line,
                             int32_t sample) {
    if (line->relative_limit < 0) return line->absolute_limit;
    int64_t magnitude = sample < 0 ? -(int64_t)sample : sample;
    int64_t relative = (line->relative_limit * magnitude) >> image->bit_depth;
    return (int32_t)minimum(relative, line->absolute_limit);
}

// The quantizer's outcome for one sample.
typedef struct {
    int32_t index;     // q, signed (41)
    int32_t error;     // m
    int32_t mapped;    // delta (55), where encoding
    int32_t restored;  // s' (48)
} quantized;

// The least number of quantizer steps from the prediction to an end of the range (56).
INLINE int32_t reach(int32_t distance, int32_t error, bool is_lossless) {
    return is_lossless ? distance : (int32_t)((uint32_t)(distance + error) / (2u * error + 1));
}

INLINE quantized quantize(const cpredictor_image *image, prediction p, int32_t error,
                          int32_t sample, bool is_lossless) {
    int32_t residual = sample - p.sample;
    int32_t magnitude = reach(residual < 0 ? -residual : residual, error, is_lossless);
    int32_t q = residual < 0 ? -magnitude : magnitude;
    int32_t below = p.sample - image->lowest, above = image->highest - p.sample;
    int32_t theta = reach(below < above ? below : above, error, is_lossless);
    int32_t parity = -(p.double_resolution & 1);
    int32_t turned = (q ^ parity) - parity;
    int32_t folded = (int32_t)((uint32_t)turned << 1) ^ (turned >> 31);
    int32_t mapped = __builtin_expect(magnitude > theta, 0) ? magnitude + theta : folded;
    if (is_lossless) return (quantized){q, error, mapped, sample};
    int64_t restored = p.sample + (int64_t)q * (2 * (int64_t)error + 1);
    restored = minimum(maximum(restored, image->lowest), image->highest);
    return (quantized){q, error, mapped, (int32_t)restored};
}

// The inverse of quantize; an index beyond the range is reported and taken as 0.
INLINE quantized dequantize(const cpredictor_image *image, prediction p, int32_t error,
                            int32_t mapped, bool is_lossless, bool *invalid) {
    int32_t below = p.sample - image->lowest, above = image->highest - p.sample;
    int32_t theta = reach(below < above ? below : above, error, is_lossless);
    // Without branches, which nobody could foretell: parity, side and range.
    int32_t turned = (mapped >> 1) ^ -(mapped & 1);
    int32_t parity = -(p.double_resolution & 1);
    int32_t q = (turned ^ parity) - parity;
    if (__builtin_expect(mapped > 2 * theta, 0)) {
        int32_t far = reach(below < above ? above : below, error, is_lossless);
        q = mapped - theta;
        if (q > far) {
            *invalid = true;
            q = 0;
        }
        q = below < above ? q : -q;
    }
    // Only a quantizer's bin reaches beyond the range.
    if (is_lossless) return (quantized){q, error, mapped, p.sample + q};
    int64_t restored = p.sample + (int64_t)q * (2 * (int64_t)error + 1);
    restored = minimum(maximum(restored, image->lowest), image->highest);
    return (quantized){q, error, mapped, (int32_t)restored};
}

// (46), (47)
INLINE int32_t representative(const cpredictor_image *image, const cpredictor_line *line,
                              prediction p, quantized outcome) {
    int32_t theta = image->representative_resolution, omega = image->weight_resolution;
    int32_t sign = (outcome.index > 0) - (outcome.index < 0);
    int64_t bin = scaled(outcome.restored, omega)
        - scaled((int64_t)sign * outcome.error * line->offset, omega - theta);
    int64_t sum = 4 * (int64_t)((1 << theta) - line->damping) * bin
        + line->damping * p.high_resolution - scaled(line->damping, omega + 1);
    return (int32_t)(((sum >> (omega + theta + 1)) + 1) >> 1);
}
