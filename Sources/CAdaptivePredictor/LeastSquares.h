// Linear prediction whose coefficients follow the data: weighted least squares over all earlier
// samples, older ones counting less, drawn towards coefficients found before.

#ifndef CADAPTIVEPREDICTOR_LEASTSQUARES_H
#define CADAPTIVEPREDICTOR_LEASTSQUARES_H

#include <string.h>

#include "Inline.h"

enum { TERM_LIMIT = 36 };  // a multiple of 4, like the number of terms of every fit

// What a band's fit leaves to the next band's.
typedef struct {
    double coefficients[TERM_LIMIT];
    double energies[TERM_LIMIT];  // weighted mean of each term's square
} fit_prior;

// Rows and vectors of `term_count`; only columns from the diagonal on are used.
typedef struct {
    alignas(32) double moments[TERM_LIMIT][TERM_LIMIT];  // sum of weight x term x term
    alignas(32) double products[TERM_LIMIT];             // sum of weight x term x target
    alignas(32) double coefficients[TERM_LIMIT];
    alignas(32) double terms[TERM_LIMIT];
    double weight;        // of the next sample; grows instead of the sums shrinking
    double growth;        // factor of the weight per sample, 1 / forgetting
    double weight_sum;
    double ridge;
    int32_t term_count, sample_count;
} fit;

static const double prior_strength = 2;       // samples that a prior counts as
static const double pivot_limit = 1e-30;
static const double weight_limit = 1e6;       // where sums are scaled back
static const double coefficient_limit = 1e6;  // greater ones are not handed on

INLINE void start_fit(fit *f, int32_t term_count, double growth, double ridge) {
    memset(f, 0, sizeof *f);
    f->term_count = term_count;
    f->growth = growth;
    f->ridge = ridge;
    f->weight = 1;
}

INLINE void draw_towards(fit *f, const fit_prior *prior) {
    for (int32_t i = 0; i < f->term_count; i++) {
        f->moments[i][i] = prior_strength * prior->energies[i];
        f->products[i] = f->moments[i][i] * prior->coefficients[i];
        f->coefficients[i] = prior->coefficients[i];
    }
}

INLINE double dot(const double *a, const double *b, int32_t first, int32_t end) {
    double4 sums = {0};
    for (int32_t i = first; i < end; i += 4)
        sums += *(const double4 *)(a + i) * *(const double4 *)(b + i);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

INLINE double predicted(const fit *f) { return dot(f->coefficients, f->terms, 0, f->term_count); }

// Gauss elimination of the symmetric moments; then the coefficients from the last to the first.
INLINE void solve(fit *f) {
    int32_t n = f->term_count;
    alignas(32) double rows[TERM_LIMIT][TERM_LIMIT];
    double right[TERM_LIMIT], inverses[TERM_LIMIT];
    for (int32_t i = 0; i < n; i++) {
        memcpy(rows[i], f->moments[i], (size_t)n * sizeof(double));
        rows[i][i] += f->ridge * f->weight;
        right[i] = f->products[i];
        f->coefficients[i] = 0;
    }
    for (int32_t k = 0; k < n; k++) {
        double pivot = rows[k][k];
        inverses[k] = 1 / (pivot > pivot_limit ? pivot : pivot_limit);
        for (int32_t i = k + 1; i < n; i++) {
            double factor = rows[k][i] * inverses[k];
            for (int32_t j = i & ~3; j < n; j += 4)
                *(double4 *)(rows[i] + j) -= factor * *(double4 *)(rows[k] + j);
            right[i] -= factor * right[k];
        }
    }
    for (int32_t k = n - 1; k >= 0; k--)
        f->coefficients[k]
            = (right[k] - dot(rows[k], f->coefficients, k & ~3, n)) * inverses[k];
}

// Often at first, then seldom: a solution costs as much as forty samples' sums.
INLINE bool is_due(int32_t sample_count) {
    int32_t interval = sample_count < 64 ? 4 : sample_count < 256 ? 16 : 32;
    return sample_count % interval == 0;
}

INLINE void learn(fit *f, double target, double importance) {
    double weight = f->weight * importance;
    int32_t n = f->term_count;
    for (int32_t i = 0; i < n; i++) {
        double factor = weight * f->terms[i];
        for (int32_t j = i & ~3; j < n; j += 4)
            *(double4 *)(f->moments[i] + j) += factor * *(double4 *)(f->terms + j);
        f->products[i] += factor * target;
    }
    f->weight_sum += f->weight;
    f->weight *= f->growth;
    if (is_due(++f->sample_count)) solve(f);
    if (f->weight <= weight_limit) return;
    double scale = 1 / f->weight;
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) f->moments[i][j] *= scale;
        f->products[i] *= scale;
    }
    f->weight_sum *= scale;
    f->weight = 1;
}

// Leaves the prior as it is where nothing was learnt.
INLINE void hand_on(fit *f, fit_prior *prior) {
    if (f->sample_count == 0) return;
    solve(f);
    for (int32_t i = 0; i < f->term_count; i++) {
        double c = f->coefficients[i];
        bool is_usable = c >= -coefficient_limit && c <= coefficient_limit;
        prior->coefficients[i] = is_usable ? c : 0;
        prior->energies[i] = f->moments[i][i] / f->weight_sum;
    }
}

#endif
