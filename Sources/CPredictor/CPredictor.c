// Equation numbers are those of CCSDS 123.0-B-2 (February 2019).

#include "CPredictor.h"
#include "Quantizer.h"

#include <stdbool.h>
#include <string.h>

#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define VECTOR_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define VECTOR_CLONES
#endif

typedef int32_t v8 __attribute__((vector_size(32)));
typedef int32_t v4 __attribute__((vector_size(16)));
typedef int64_t l4 __attribute__((vector_size(32)));

enum { VECTOR_COUNT_LIMIT = CPREDICTOR_LANE_COUNT / 8 };

// Samples between two bands that go together: what the first stores must have reached memory before
// the second loads it in wider pieces.
enum { PAIR_DISTANCE = 8 };

// One value of the weight update's exponent, spread over the lanes.
typedef struct {
    v8 up[VECTOR_COUNT_LIMIT];     // left shift where the exponent is negative
    v8 round[VECTOR_COUNT_LIMIT];  // 2^exponent where it is not
    v8 down[VECTOR_COUNT_LIMIT];   // exponent + 1 where it is not
} update_exponents;

// (36), (37): `sum` is the local sum.
INLINE prediction predict(const cpredictor_image *image, const v8 *weights, const v8 *differences,
                          int vector_count, int32_t sum) {
    int32_t omega = image->weight_resolution;
    l4 total = {0};
    for (int v = 0; v < vector_count; v++) {
        l4 w = (l4)weights[v], d = (l4)differences[v];
        total += ((w << 32) >> 32) * ((d << 32) >> 32) + (w >> 32) * (d >> 32);
    }
    int64_t value = __builtin_reduce_add(total);
    value += scaled((int64_t)sum - 4 * (int64_t)image->middle, omega);
    int32_t spare = 64 - image->register_bit_count;
    if (spare > 0) value = (int64_t)((uint64_t)value << spare) >> spare;
    value += scaled(image->middle, omega + 2) + scaled(1, omega + 1);
    int64_t low = scaled(image->lowest, omega + 2);
    int64_t high = scaled(image->highest, omega + 2) + scaled(1, omega + 1);
    value = minimum(maximum(value, low), high);
    int32_t double_resolution = (int32_t)(value >> (omega + 1));
    return (prediction){value, double_resolution, double_resolution >> 1};
}

// (51) to (54)
INLINE void update_weights(v8 *weights, const v8 *differences, const update_exponents *exponents,
                           int vector_count, int32_t error, int32_t weight_resolution) {
    int32_t negative = error >> 31;
    int32_t bound = 1 << (weight_resolution + 2);
    for (int v = 0; v < vector_count; v++) {
        v8 turned = (differences[v] ^ negative) - negative;
        v8 step = ((turned << exponents->up[v]) + exponents->round[v]) >> exponents->down[v];
        v8 moved = __builtin_elementwise_max(weights[v] + step, (v8){0} - bound);
        weights[v] = __builtin_elementwise_min(moved, (v8){0} + (bound - 1));
    }
}

// One band's way through a line: what stays the same from sample to sample, and what changes.
typedef struct {
    const cpredictor_line *line;
    v8 masks[VECTOR_COUNT_LIMIT];  // lanes of the bands that there are
    v4 direction_mask;
    int32_t slot;                  // of this band in the ring
    int32_t west_shift, west_mask; // make the left neighbour's share of the local sum
    bool is_damped;
    update_exponents exponents;
    v8 weights[VECTOR_COUNT_LIMIT];
    int32_t west;       // s'' of the sample to the left; at the left edge, of the one above (26)
    int32_t west_term;  // the left neighbour's share of the local sum
    bool invalid;       // whether an index met that no sample can have
} walk;

// What the loops are made for; constants in each of them.
typedef struct {
    int vector_count;
    bool is_decoding, is_lossless;
    bool is_sparse;  // whether samples are left out
} kind;

// A sample that is left out: nothing is learned from it.
INLINE void leave_out(const cpredictor_image *image, walk *walk, int32_t x) {
    const cpredictor_line *line = walk->line;
    int32_t source = line->sources[x], value = image->middle;
    if (line->line > 0 || source < x) {
        value = line->representatives[source];
    } else if (line->band > 0) {
        value = line->lower_representatives[source];
    }
    line->row[x] = image->is_decoding ? value : 0;
    line->representatives[x] = walk->west = value;
    walk->west_term = (int32_t)((uint32_t)(value & walk->west_mask) << walk->west_shift);
}

// One sample.
INLINE void step(const cpredictor_image *image, walk *walk, int32_t x, kind kind) {
    int vector_count = kind.vector_count;
    bool is_lossless = kind.is_lossless;
    const cpredictor_line *line = walk->line;
    if (kind.is_sparse && line->sources[x] >= 0) {
        leave_out(image, walk, x);
        return;
    }
    int32_t *ring = line->differences + (int64_t)x * CPREDICTOR_RING_STRIDE;
    v8 differences[VECTOR_COUNT_LIMIT];
    for (int v = 0; v < vector_count; v++) {
        memcpy(&differences[v], ring + walk->slot + 1 + 8 * v, sizeof(v8));
        differences[v] &= walk->masks[v];
    }
    v4 corner;  // 4 N, unused, 4 NW, the local sum without its western term
    memcpy(&corner, line->scratch + 4 * (int64_t)x, sizeof corner);
    int32_t sum = corner[3] + walk->west_term;
    corner[1] = (int32_t)((uint32_t)walk->west << 2);
    corner = (corner - sum) & walk->direction_mask;
    differences[0] |= __builtin_shufflevector(corner, (v4){0}, 0, 1, 2, 4, 5, 6, 7, 7);
    prediction p = predict(image, walk->weights, differences, vector_count, sum);
    int32_t error = is_lossless ? 0 : maximum_error(image, line, p.sample);
    quantized outcome = kind.is_decoding
        ? dequantize(image, p, error, line->row[x], is_lossless, &walk->invalid)
        : quantize(image, p, error, line->row[x], is_lossless);
    line->row[x] = kind.is_decoding ? outcome.restored : outcome.mapped;
    update_weights(walk->weights, differences, &walk->exponents, vector_count,
                   2 * outcome.restored - p.double_resolution, image->weight_resolution);
    int32_t west = walk->is_damped ? representative(image, line, p, outcome) : outcome.restored;
    walk->west = west;
    walk->west_term = (int32_t)((uint32_t)(west & walk->west_mask) << walk->west_shift);
    line->representatives[x] = west;
    ring[3 + walk->slot] = ring[3 + walk->slot + 16] = 4 * west - sum;
}

// The local sums (20) to (23) without their western term, and 4 N and 4 NW, for the whole line.
INLINE void prepare_line(const cpredictor_image *image, const cpredictor_line *line) {
    const int32_t *above = line->representatives;
    int32_t last = image->sample_count - 1;
    bool is_narrow = image->local_sum & 1, is_column = image->local_sum & 2;
    for (int32_t x = 0; x <= last; x++) {
        int32_t *entry = line->scratch + 4 * (int64_t)x;
        if (line->line == 0) {
            int32_t lower = line->band > 0 && x > 0 ? line->lower_representatives[x - 1]
                                                    : image->middle;
            entry[0] = entry[1] = entry[2] = 0;
            entry[3] = is_narrow ? 4 * lower : 0;
            continue;
        }
        int32_t north = above[x];
        int32_t northwest = x > 0 ? above[x - 1] : north;
        int32_t northeast = x < last ? above[x + 1] : north;
        int32_t sum = northwest + north + northeast + (is_narrow ? north : 0);
        if (x == 0) sum = 2 * (north + northeast);
        if (x == last && is_narrow) sum = 2 * (northwest + north);
        entry[0] = 4 * north;
        entry[1] = 0;
        entry[2] = 4 * northwest;
        entry[3] = is_column ? 4 * north : sum;
    }
}

// The first sample of a band: exact, and nothing is learned from it (38), (41), (46), (56).
INLINE void process_first_sample(const cpredictor_image *image, const cpredictor_line *line,
                                 walk *walk) {
    if (line->sources && line->sources[0] >= 0) {
        leave_out(image, walk, 0);
        return;
    }
    bool has_lower = line->band > 0 && image->prediction_band_count > 0;
    int32_t sample = has_lower ? line->lower_representatives[0] : image->middle;
    prediction p = {0, 2 * sample, sample};
    quantized outcome = image->is_decoding
        ? dequantize(image, p, 0, line->row[0], true, &walk->invalid)
        : quantize(image, p, 0, line->row[0], true);
    line->row[0] = image->is_decoding ? outcome.restored : outcome.mapped;
    line->representatives[0] = walk->west = outcome.restored;
    line->differences[3 + walk->slot] = line->differences[3 + walk->slot + 16] = 0;
}

// nu of (50) at index t, and in `end` the first index at which it may differ.
INLINE int32_t exponent_at(const cpredictor_image *image, int64_t t, int64_t *end) {
    int64_t start = image->sample_count;
    int64_t steps = t < start ? 0 : (t - start) / image->exponent_interval;
    int64_t exponent = minimum(image->first_exponent + steps, image->last_exponent);
    *end = exponent == image->last_exponent ? INT64_MAX
                                            : start + (steps + 1) * image->exponent_interval;
    return (int32_t)exponent;
}

INLINE void spread_exponents(const cpredictor_image *image, const cpredictor_line *line,
                             int32_t exponent, update_exponents *spread) {
    for (int lane = 0; lane < CPREDICTOR_LANE_COUNT; lane++) {
        int32_t e = exponent + image->bit_depth - image->weight_resolution
            + line->exponent_offsets[lane];
        spread->up[lane / 8][lane % 8] = e < 0 ? -e - 1 : 0;
        spread->round[lane / 8][lane % 8] = e < 0 ? 0 : 1 << e;
        spread->down[lane / 8][lane % 8] = e < 0 ? 0 : e + 1;
    }
}

// A line's beginning.
INLINE walk start(const cpredictor_image *image, const cpredictor_line *line, bool is_lossless) {
    walk walk;
    memset(&walk, 0, sizeof walk);
    walk.line = line;
    int32_t reachable = line->band < image->prediction_band_count ? line->band
                                                                  : image->prediction_band_count;
    for (int lane = 0; lane < CPREDICTOR_LANE_COUNT; lane++) {
        walk.masks[lane / 8][lane % 8] = lane >= 3 && lane < 3 + reachable ? -1 : 0;
    }
    int32_t has_directions = image->is_full && line->line > 0 ? -1 : 0;
    walk.direction_mask = (v4){has_directions, has_directions, has_directions, 0};
    walk.slot = 15 - (line->band & 15);
    int32_t is_narrow = image->local_sum & 1, is_column = image->local_sum & 2;
    walk.west_shift = line->line == 0 ? 2 : 0;
    walk.west_mask = is_narrow || (is_column && line->line > 0) ? 0 : -1;
    walk.is_damped = line->damping != 0 || (line->offset != 0 && !is_lossless);
    memcpy(walk.weights, line->weights, sizeof walk.weights);
    prepare_line(image, line);
    if (line->line == 0) {
        process_first_sample(image, line, &walk);
        walk.west_term = (int32_t)((uint32_t)(walk.west & walk.west_mask) << walk.west_shift);
    } else {
        walk.west = line->representatives[0];
    }
    return walk;
}

INLINE void finish(const walk *walk, bool *invalid) {
    memcpy(walk->line->weights, walk->weights, sizeof walk->weights);
    *invalid |= walk->invalid;
}

// A line of one band, in segments of one exponent.
INLINE void process_line(const cpredictor_image *image, const cpredictor_line *line, bool *invalid,
                         kind kind) {
    walk walk = start(image, line, kind.is_lossless);
    int64_t first = (int64_t)line->line * image->sample_count, end;
    for (int32_t x = line->line == 0 ? 1 : 0; x < image->sample_count;) {
        spread_exponents(image, line, exponent_at(image, first + x, &end), &walk.exponents);
        int32_t stop = (int32_t)minimum(image->sample_count, end - first);
        for (; x < stop; x++) step(image, &walk, x, kind);
    }
    finish(&walk, invalid);
}

// The same line of two neighbouring bands, the second some samples behind the first. Each sample of
// a band waits for the one before; two bands at a time keep the processor busy meanwhile.
INLINE void process_pair(const cpredictor_image *image, const cpredictor_line *lines,
                         bool *invalid, kind kind) {
    walk a = start(image, &lines[0], kind.is_lossless);
    walk b = start(image, &lines[1], kind.is_lossless);
    int64_t end;
    int32_t exponent = exponent_at(image, (int64_t)lines->line * image->sample_count, &end);
    spread_exponents(image, &lines[0], exponent, &a.exponents);
    spread_exponents(image, &lines[1], exponent, &b.exponents);
    int32_t x = 0, last = image->sample_count;
    for (; x < PAIR_DISTANCE; x++) step(image, &a, x, kind);
    for (; x < last; x++) {
        step(image, &a, x, kind);
        step(image, &b, x - PAIR_DISTANCE, kind);
    }
    for (x = last - PAIR_DISTANCE; x < last; x++) step(image, &b, x, kind);
    finish(&a, invalid);
    finish(&b, invalid);
}

INLINE bool is_lossless_line(const cpredictor_line *line) {
    return line->relative_limit < 0 && line->absolute_limit == 0;
}

// Whether two lines go through process_pair: not the first ones, nor where exponents change.
INLINE bool can_pair(const cpredictor_image *image, const cpredictor_line *lines) {
    int64_t first = (int64_t)lines->line * image->sample_count, end;
    exponent_at(image, first, &end);
    return lines->line > 0 && image->sample_count >= 2 * PAIR_DISTANCE
        && end - first >= image->sample_count
        && is_lossless_line(&lines[0]) == is_lossless_line(&lines[1]);
}

INLINE void process(const cpredictor_image *image, const cpredictor_line *lines, int count,
                         bool *invalid, kind kind) {
    if (count == 2) {
        process_pair(image, lines, invalid, kind);
    } else {
        process_line(image, lines, invalid, kind);
    }
}

// One line, or a pair, with everything that the loops are made for but the vectors as constants.
INLINE void dispatch_vectors(const cpredictor_image *image, const cpredictor_line *lines, int count,
                             bool *invalid, int vectors) {
    int choice = (image->is_decoding ? 2 : 0) + is_lossless_line(lines) + (lines->sources ? 4 : 0);
    switch (choice) {
        case 0: process(image, lines, count, invalid, (kind){vectors, false, false, false}); break;
        case 1: process(image, lines, count, invalid, (kind){vectors, false, true, false}); break;
        case 2: process(image, lines, count, invalid, (kind){vectors, true, false, false}); break;
        case 3: process(image, lines, count, invalid, (kind){vectors, true, true, false}); break;
        case 5: process(image, lines, count, invalid, (kind){vectors, false, true, true}); break;
        default: process(image, lines, count, invalid, (kind){vectors, true, true, true});
    }
}

INLINE void dispatch(const cpredictor_image *image, const cpredictor_line *lines, int count,
                     bool *invalid) {
    switch ((image->prediction_band_count + 3 + 7) / 8) {
        case 1: dispatch_vectors(image, lines, count, invalid, 1); break;
        case 2: dispatch_vectors(image, lines, count, invalid, 2); break;
        default: dispatch_vectors(image, lines, count, invalid, 3);
    }
}

VECTOR_CLONES
int cpredictor_process(const cpredictor_image *image, const cpredictor_line *lines, int count) {
    bool invalid = false;
    if (count == 2 && can_pair(image, lines)) {
        dispatch(image, lines, 2, &invalid);
    } else {
        for (int i = 0; i < count; i++) dispatch(image, &lines[i], 1, &invalid);
    }
    return invalid;
}
