#include "CAdaptivePredictor.h"

#include <stdlib.h>

#include "LeastSquares.h"
#include "ResidualModel.h"

#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define VECTOR_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define VECTOR_CLONES
#endif

enum {
    BAND_REACH = 20,        // earlier bands that the long fit sees at the sample's own pixel
    SHORT_BAND_REACH = 3,   // and the short one
    CAUSAL_COUNT = 6,       // neighbours in the band itself
    AROUND_COUNT = 9,       // neighbours in the band before
    SHORT_AROUND_COUNT = 6,
    LONG_TERM_COUNT = CAUSAL_COUNT + BAND_REACH + AROUND_COUNT + 1,
    SHORT_TERM_COUNT = CAUSAL_COUNT + SHORT_BAND_REACH + SHORT_AROUND_COUNT + 1,
    ERROR_TERM_COUNT = 8,
    RESIDUAL_PLANE_COUNT = 3,
    CALIBRATION_COUNT = 36,  // four per octave of expected error
    CALIBRATION_MEMORY = 255,
    ERROR_MEMORY = 220,
};
static_assert(LONG_TERM_COUNT == TERM_LIMIT && SHORT_TERM_COUNT % 4 == 0);

static const int8_t causal_offsets[CAUSAL_COUNT][2] = {
    {-1, 0}, {0, -1}, {-1, -1}, {1, -1}, {-2, 0}, {0, -2}};
static const int8_t around_offsets[AROUND_COUNT][2] = {
    {-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}, {-2, 0}};

static const double long_growth = 1 / 0.9999, short_growth = 1 / 0.998, error_growth = 1 / 0.9995;
static const double bias_term = 8;

// What lines of one kind - the first one, or all others - hand on from band to band.
typedef struct {
    fit_prior long_prior, short_prior;
    double mean_error;
} line_kind;

typedef struct {
    int32_t bands, lines, samples, pixel_count, reach;
    uint32_t maximum;
    uint8_t *copies;     // [lines][samples] 0: coded; 1 copies the pixel to the left; 2 that above
    float *differences;  // [reach + 1][lines][samples] ring of bands: value less mean of neighbours
    float *residuals;    // [3][lines][samples] ring of bands: error magnitudes in mean errors
    fit *long_fit, *short_fit, *error_fit;
    line_kind kinds[2];
    mixture mixtures[MIXTURE_COUNT];
    double calibration_sums[CALIBRATION_COUNT];
    int32_t calibration_counts[CALIBRATION_COUNT];
    double mean_error;
    int32_t sample_count;  // since the start of the band's lines of this kind
} coder_state;

// Where a pixel's neighbours are.
typedef struct {
    int32_t x, y, pixel;
    int32_t causal[CAUSAL_COUNT];  // pixels
    int32_t around[AROUND_COUNT];
} neighbourhood;

INLINE void locate(const coder_state *s, neighbourhood *n, int32_t pixel) {
    int32_t x = pixel % s->samples, y = pixel / s->samples;
    bool is_inner = x > 2 && x < s->samples - 1 && y > 2 && y < s->lines - 1;
    n->x = x;
    n->y = y;
    n->pixel = pixel;
    if (is_inner) {
        // So was the pixel before, or its column was 2 at least: all neighbours move on by one.
        for (int32_t i = 0; i < CAUSAL_COUNT; i++) n->causal[i]++;
        for (int32_t i = 0; i < AROUND_COUNT; i++) n->around[i]++;
        return;
    }
    for (int32_t i = 0; i < CAUSAL_COUNT; i++) {
        int32_t nx = greatest(0, least(x + causal_offsets[i][0], s->samples - 1));
        int32_t ny = greatest(0, y + causal_offsets[i][1]);
        bool is_causal = ny < y || nx < x;
        if (!is_causal) {
            nx = y > 0 ? x : greatest(0, x - 1);
            ny = greatest(0, y - 1);
        }
        n->causal[i] = ny * s->samples + nx;
    }
    for (int32_t i = 0; i < AROUND_COUNT; i++) {
        int32_t nx = greatest(0, least(x + around_offsets[i][0], s->samples - 1));
        int32_t ny = greatest(0, least(y + around_offsets[i][1], s->lines - 1));
        n->around[i] = ny * s->samples + nx;
    }
}

INLINE float *difference_plane(const coder_state *s, int32_t band) {
    return s->differences + (size_t)(band % (s->reach + 1)) * (size_t)s->pixel_count;
}

INLINE float *residual_plane(const coder_state *s, int32_t band) {
    return s->residuals + (size_t)(band % RESIDUAL_PLANE_COUNT) * (size_t)s->pixel_count;
}

// Sets the terms of both predictions and returns the mean that they are relative to. The first
// pixel's neighbours are itself one band before.
INLINE double set_terms(coder_state *s, const neighbourhood *n, const uint32_t *values,
                        int32_t band) {
    const uint32_t *before = band > 0 ? values - s->pixel_count : values;
    const uint32_t *source = n->pixel > 0 ? values : before;
    double causal[CAUSAL_COUNT];
    for (int32_t i = 0; i < CAUSAL_COUNT; i++)
        causal[i] = n->pixel > 0 || band > 0 ? source[n->causal[i]] : 0;
    double mean = n->y > 0 ? ((causal[0] + causal[1]) + (causal[2] + causal[3])) * 0.25 : causal[0];
    double *terms = s->long_fit->terms;
    for (int32_t i = 0; i < CAUSAL_COUNT; i++) *terms++ = causal[i] - mean;
    for (int32_t i = 1; i <= BAND_REACH; i++)
        *terms++ = i <= band ? (double)difference_plane(s, band - i)[n->pixel] : 0;
    double center = before[n->pixel];
    for (int32_t i = 0; i < AROUND_COUNT; i++)
        *terms++ = band > 0 ? (double)before[n->around[i]] - center : 0;
    *terms = bias_term;
    double *fewer = s->short_fit->terms;
    terms = s->long_fit->terms;
    memcpy(fewer, terms, (CAUSAL_COUNT + SHORT_BAND_REACH) * sizeof *terms);
    memcpy(fewer + CAUSAL_COUNT + SHORT_BAND_REACH, terms + CAUSAL_COUNT + BAND_REACH,
           SHORT_AROUND_COUNT * sizeof *terms);
    fewer[SHORT_TERM_COUNT - 1] = bias_term;
    return mean;
}

// The error magnitude to expect in units of the band's mean: from magnitudes of neighbours in this
// band and the two before.
INLINE double expected_error(coder_state *s, const neighbourhood *n, int32_t band) {
    const float *own = residual_plane(s, band);
    const float *first = residual_plane(s, band > 0 ? band - 1 : band);
    const float *second = residual_plane(s, band > 1 ? band - 2 : band > 0 ? band - 1 : band);
    double *terms = s->error_fit->terms;
    bool is_first = n->pixel == 0;
    for (int32_t i = 0; i < 2; i++) terms[i] = is_first ? 1 : own[n->causal[i]];
    terms[2] = is_first ? 2 : (double)own[n->causal[2]] + own[n->causal[3]];
    terms[3] = is_first ? 2 : (double)own[n->causal[4]] + own[n->causal[5]];
    terms[4] = band > 0 ? first[n->pixel] : 1;
    terms[5] = band > 1 ? second[n->pixel] : terms[4];
    terms[6] = band > 0 ? ((double)first[n->around[0]] + first[n->around[1]])
            + ((double)first[n->around[2]] + first[n->around[3]])
                        : 4;
    terms[7] = 1;
    double error = s->sample_count < 32
        ? (1 + ((terms[0] + terms[1]) + (terms[4] + terms[5]))) * 0.2
        : predicted(s->error_fit);
    return clamped(error, 0.15, 50);
}

// 4 (e + 3) + m for an error 2^e (1 + m/4 ...), within 0...35.
INLINE int32_t calibration_index(double error) {
    uint64_t bits;
    memcpy(&bits, &error, sizeof bits);
    return (int32_t)((int64_t)(bits >> 50) - (1023 - 3) * 4);
}

// Starts the lines of a kind, from what the same lines of the band before left.
INLINE void start_lines(coder_state *s, int32_t kind) {
    const line_kind *k = &s->kinds[kind];
    start_fit(s->long_fit, LONG_TERM_COUNT, long_growth, 1);
    start_fit(s->short_fit, SHORT_TERM_COUNT, short_growth, 1);
    start_fit(s->error_fit, ERROR_TERM_COUNT, error_growth, 0.01);
    draw_towards(s->long_fit, &k->long_prior);
    draw_towards(s->short_fit, &k->short_prior);
    if (k->mean_error > 0) s->mean_error = k->mean_error;
    s->sample_count = 0;
}

INLINE void end_lines(coder_state *s, int32_t kind) {
    line_kind *k = &s->kinds[kind];
    if (s->sample_count == 0) return;
    hand_on(s->long_fit, &k->long_prior);
    hand_on(s->short_fit, &k->short_prior);
    k->mean_error = s->mean_error;
}

// Notes how much larger than expected an error was.
INLINE void calibrate(coder_state *s, int32_t index, double excess) {
    s->calibration_sums[index] += excess;
    if (++s->calibration_counts[index] <= CALIBRATION_MEMORY) return;
    s->calibration_sums[index] *= 0.5;
    s->calibration_counts[index] /= 2;
}

// Codes one sample; false where a decoded value is above the maximum.
INLINE bool code_sample(coder_state *s, range_coder *coder, bool is_decoding,
                        const neighbourhood *n, uint32_t *values, int32_t band) {
    double mean = set_terms(s, n, values, band);
    double maximum = s->maximum;
    double first = clamped(predicted(s->long_fit) + mean, 0, maximum);
    double second = clamped(predicted(s->short_fit) + mean, 0, maximum);
    double expected = expected_error(s, n, band);
    int32_t calibration = calibration_index(expected);
    double factor = s->calibration_sums[calibration] / s->calibration_counts[calibration];
    double error = clamped(expected * factor * s->mean_error, 0.05, 1e12);
    mixture *m = &s->mixtures[calibration / 4];
    double share = (m->weights[0] + m->weights[1]) + (m->weights[2] + m->weights[3]);
    double middle = clamped(share * first + (1 - share) * second, 0, maximum);
    distribution d = distribution_around(m, first, second, middle, error);
    int64_t value
        = code_value(coder, is_decoding, &d, m, is_decoding ? 0 : values[n->pixel]);
    if (is_decoding) {
        if (value < 0 || value > s->maximum) return false;
        values[n->pixel] = (uint32_t)value;
    }
    double target = (double)value - mean;
    difference_plane(s, band)[n->pixel] = (float)target;
    double magnitude = (double)value - middle;
    if (magnitude < 0) magnitude = -magnitude;
    double relative = clamped(magnitude / s->mean_error, 0, 20);
    double importance = 1 / (((expected * expected + 0.5) + 0.1 * (relative * relative))
                             * (s->mean_error * s->mean_error));
    residual_plane(s, band)[n->pixel] = (float)(relative + 0.02);
    calibrate(s, calibration, relative / expected);
    learn(s->error_fit, relative, 1 / (expected * expected));
    learn(s->long_fit, target, importance);
    learn(s->short_fit, target, importance);
    s->sample_count++;
    double rate = s->sample_count < 200 ? 1.0 / (s->sample_count + 20) : 1.0 / ERROR_MEMORY;
    s->mean_error += rate * (magnitude - s->mean_error);
    if (!(s->mean_error >= 0.2)) s->mean_error = 0.2;
    return true;
}

INLINE void copy_sample(coder_state *s, bool is_decoding, const neighbourhood *n, uint32_t *values,
                        int32_t band, int32_t source) {
    if (is_decoding) values[n->pixel] = values[source];
    float *residuals = residual_plane(s, band);
    residuals[n->pixel] = residuals[source];
    double mean = values[n->causal[0]];
    if (n->y > 0)
        mean = ((mean + values[n->causal[1]])
                + ((double)values[n->causal[2]] + values[n->causal[3]])) * 0.25;
    difference_plane(s, band)[n->pixel] = (float)(values[n->pixel] - mean);
}

INLINE bool code_band(coder_state *s, range_coder *coder, bool is_decoding, uint32_t *values,
                      int32_t band) {
    for (int32_t i = 0; i < CALIBRATION_COUNT; i++) {
        s->calibration_sums[i] = 1;
        s->calibration_counts[i] = 1;
    }
    start_lines(s, 0);
    neighbourhood n = {};
    for (int32_t pixel = 0; pixel < s->pixel_count; pixel++) {
        if (pixel == s->samples) {
            end_lines(s, 0);
            start_lines(s, 1);
        }
        locate(s, &n, pixel);
        if (s->copies[pixel]) {
            int32_t source = pixel - (s->copies[pixel] == 1 ? 1 : s->samples);
            copy_sample(s, is_decoding, &n, values, band, source);
        } else if (!code_sample(s, coder, is_decoding, &n, values, band)) {
            return false;
        }
    }
    end_lines(s, s->lines > 1);
    return !coder->is_full;
}

INLINE bool is_copy(const coder_state *s, const uint32_t *values, int32_t pixel, int32_t source) {
    for (int32_t band = 0; band < s->bands; band++) {
        const uint32_t *plane = values + (size_t)band * (size_t)s->pixel_count;
        if (plane[pixel] != plane[source]) return false;
    }
    return true;
}

// Which pixels are whole copies of the one to the left or above: resampled images have many.
INLINE void code_copies(coder_state *s, range_coder *coder, bool is_decoding,
                        const uint32_t *values) {
    uint16_t copy_chances[9], left_chances[9];
    for (int32_t i = 0; i < 9; i++) {
        copy_chances[i] = 1 << 12;
        left_chances[i] = 1 << 15;
    }
    for (int32_t pixel = 1; pixel < s->pixel_count; pixel++) {
        bool has_left = pixel % s->samples > 0, has_above = pixel >= s->samples;
        int32_t left = has_left ? s->copies[pixel - 1] : 0;
        int32_t above = has_above ? s->copies[pixel - s->samples] : 0;
        int32_t context = 3 * left + above;
        bool is_left = !is_decoding && has_left && is_copy(s, values, pixel, pixel - 1);
        bool is_any = is_left
            || (!is_decoding && has_above && is_copy(s, values, pixel, pixel - s->samples));
        if (!code_bit(coder, is_decoding, is_any, &copy_chances[context])) continue;
        if (has_left && has_above)
            is_left = code_bit(coder, is_decoding, is_left, &left_chances[context]);
        else
            is_left = has_left;
        s->copies[pixel] = is_left ? 1 : 2;
    }
}

INLINE bool allocate(coder_state *s, const cadaptive_layout *layout) {
    memset(s, 0, sizeof *s);
    s->bands = layout->bands;
    s->lines = layout->lines;
    s->samples = layout->samples;
    s->pixel_count = layout->lines * layout->samples;
    s->reach = least(BAND_REACH, layout->bands - 1);
    s->maximum = layout->maximum;
    s->mean_error = 4;
    start_mixtures(s->mixtures);
    size_t pixels = (size_t)s->pixel_count, fit_size = (sizeof(fit) + 63) / 64 * 64;
    s->copies = calloc(pixels, 1);
    s->differences = calloc(pixels * (size_t)(s->reach + 1), sizeof(float));
    // No more planes than bands: a ring's place of a band is its number then.
    size_t residual_planes = (size_t)least(RESIDUAL_PLANE_COUNT, layout->bands);
    s->residuals = calloc(pixels * residual_planes, sizeof(float));
    s->long_fit = aligned_alloc(64, fit_size);
    s->short_fit = aligned_alloc(64, fit_size);
    s->error_fit = aligned_alloc(64, fit_size);
    return s->copies && s->differences && s->residuals && s->long_fit && s->short_fit
        && s->error_fit;
}

INLINE void release(coder_state *s) {
    free(s->copies);
    free(s->differences);
    free(s->residuals);
    free(s->long_fit);
    free(s->short_fit);
    free(s->error_fit);
    free(s);
}

// Codes or decodes a block; CADAPTIVE_NO_ROOM or CADAPTIVE_DAMAGED where that ends early.
INLINE int32_t code_block(const cadaptive_layout *layout, range_coder *coder, bool is_decoding,
                          uint32_t *values) {
    coder_state *s = aligned_alloc(64, (sizeof *s + 63) / 64 * 64);
    if (!s) return CADAPTIVE_NO_MEMORY;
    int32_t result = CADAPTIVE_NO_MEMORY;
    if (allocate(s, layout)) {
        code_copies(s, coder, is_decoding, values);
        result = 0;
        for (int32_t band = 0; band < s->bands && result == 0; band++) {
            uint32_t *plane = values + (size_t)band * (size_t)s->pixel_count;
            if (!code_band(s, coder, is_decoding, plane, band))
                result = is_decoding ? CADAPTIVE_DAMAGED : CADAPTIVE_NO_ROOM;
        }
    }
    release(s);
    return result;
}

INLINE int64_t encode(const cadaptive_layout *layout, const uint32_t *values, uint8_t *bytes,
                      size_t capacity) {
    range_coder coder = {.range = UINT64_MAX, .output = bytes, .limit = capacity};
    int32_t result = code_block(layout, &coder, false, (uint32_t *)values);
    if (result != 0) return result;
    finish(&coder);
    return coder.is_full ? CADAPTIVE_NO_ROOM : (int64_t)coder.position;
}

INLINE int32_t decode(const cadaptive_layout *layout, uint32_t *values, const uint8_t *bytes,
                      size_t count) {
    range_coder coder = {.range = UINT64_MAX, .input = bytes, .limit = count};
    coder.code = (uint64_t)next_word(&coder) << 32;
    coder.code |= next_word(&coder);
    return code_block(layout, &coder, true, values);
}

VECTOR_CLONES static int64_t encode_fast(const cadaptive_layout *layout, const uint32_t *values,
                                         uint8_t *bytes, size_t capacity) {
    return encode(layout, values, bytes, capacity);
}

VECTOR_CLONES static int32_t decode_fast(const cadaptive_layout *layout, uint32_t *values,
                                         const uint8_t *bytes, size_t count) {
    return decode(layout, values, bytes, count);
}

int64_t cadaptive_encode(const cadaptive_layout *layout, const uint32_t *values, uint8_t *bytes,
                         size_t capacity, bool is_portable) {
    return is_portable ? encode(layout, values, bytes, capacity)
                       : encode_fast(layout, values, bytes, capacity);
}

int32_t cadaptive_decode(const cadaptive_layout *layout, uint32_t *values, const uint8_t *bytes,
                         size_t count, bool is_portable) {
    return is_portable ? decode(layout, values, bytes, count)
                       : decode_fast(layout, values, bytes, count);
}
