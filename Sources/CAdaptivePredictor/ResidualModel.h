// How likely each residual is: a mixture of eight Student distributions, four widths around each of
// two predictions, weighted by how well they have done among samples of this expected error.

#ifndef CADAPTIVEPREDICTOR_RESIDUALMODEL_H
#define CADAPTIVEPREDICTOR_RESIDUALMODEL_H

#include <string.h>

#include "RangeCoder.h"

enum {
    CELL_COUNT = 4096,            // residuals that have a symbol of their own
    EDGE_COUNT = CELL_COUNT + 2,  // symbol 0 is all below them, symbol 4097 all above
    TOTAL_BITS = 24,
    MIXTURE_COUNT = 9,     // one per octave of expected error
    MIXTURE_MEMORY = 200,  // samples
};

// Cumulative shares of the symbols, before what every symbol gets in any case.
static const double shared_mass = (1 << TOTAL_BITS) - 2 * EDGE_COUNT;
static const double8 widths = {0.44, 0.77, 1.21, 1.87, 0.44, 0.77, 1.21, 1.87};
static const double least_weight = 0.002;

typedef struct {
    alignas(64) double8 weights;
    int32_t sample_count;
} mixture;

// One sample's distribution.
typedef struct {
    alignas(64) double8 centers;
    alignas(64) double8 inverse_widths;
    alignas(64) double8 weights;
    int64_t origin;  // the value of cell 0
    int32_t shift;   // cells hold 2^shift values
    double spread;   // expected error in cells
} distribution;

// A place between two symbols.
typedef struct {
    alignas(64) double8 below;  // what each component has below it
    int32_t index;
    uint32_t start;
} edge;

INLINE void start_mixtures(mixture *mixtures) {
    for (int32_t i = 0; i < MIXTURE_COUNT; i++) {
        mixtures[i].weights = (double8){} + 0.125;
        mixtures[i].sample_count = 0;
    }
}

// Sums of lanes i and i + 4, then of those i and i + 2, then the last two.
INLINE double lane_sum(const double8 *v) {
    return (((*v)[0] + (*v)[4]) + ((*v)[2] + (*v)[6]))
        + (((*v)[1] + (*v)[5]) + ((*v)[3] + (*v)[7]));
}

INLINE distribution distribution_around(const mixture *m, double first, double second,
                                        double middle, double error) {
    distribution d;
    d.centers = (double8){first, first, first, first, second, second, second, second};
    d.inverse_widths = (1 / error) / widths;
    d.weights = m->weights;
    d.origin = (int64_t)(middle + 0.5);
    d.shift = 0;
    d.spread = error;
    while (d.spread > 256) {
        d.shift++;
        d.spread *= 0.5;
    }
    return d;
}

// The lower edge of symbol `index`, 0...EDGE_COUNT: Student's distribution of 8 degrees of freedom
// has u (1 - u^2 + 3/5 u^4 - u^6/7) 35/32 + 1/2 below t, where u = t / sqrt(8 + t^2).
INLINE edge edge_at(const distribution *d, int32_t index) {
    if (index <= 0) return (edge){(double8){}, 0, 0};
    if (index >= EDGE_COUNT) return (edge){(double8){} + 1, EDGE_COUNT, 1u << TOTAL_BITS};
    int64_t cells = index - 1 - CELL_COUNT / 2;
    double place = (double)(d->origin + cells * ((int64_t)1 << d->shift)) - 0.5;
    double8 t = (place - d->centers) * d->inverse_widths;
    double8 u = t / __builtin_elementwise_sqrt(8 + t * t);
    double8 q = u * u;
    double8 below = 0.5 + 1.09375 * (u * (1 - q * (1 - q * (0.6 - q * (1.0 / 7)))));
    double8 shares = below * d->weights;
    double share = clamped(lane_sum(&shares), 0, 1);
    return (edge){below, index, (uint32_t)(share * shared_mass) + 2u * (uint32_t)index};
}

// Narrows [low, high) down to the symbol that holds `place`. The outcome does not depend on the
// steps taken, because starts strictly increase.
INLINE void find_symbol(const distribution *d, uint32_t place, edge *low, edge *high) {
    *low = edge_at(d, 0);
    *high = edge_at(d, EDGE_COUNT);
    // Near the place's quantile first, then outwards until both sides are known.
    double tail = (place + 0.5) / (1 << (TOTAL_BITS - 1)) - 1;
    double ahead_of_middle = d->spread * 1.1 * tail / __builtin_sqrt(1 - tail * tail);
    int32_t probe = CELL_COUNT / 2 + 1 + (int32_t)clamped(ahead_of_middle, -2000, 2000);
    int32_t step = greatest(1, (int32_t)d->spread / 4);
    int32_t round = 0;
    while (high->index - low->index > 1) {
        edge middle = edge_at(d, probe);
        if (middle.start <= place) *low = middle;
        else *high = middle;
        int32_t gap = high->index - low->index;
        if (low->index == 0 || high->index == EDGE_COUNT) {
            probe = low->index == 0 ? greatest(high->index - step, 1)
                                    : least(low->index + step, EDGE_COUNT - 1);
            step *= 2;
        } else if (round++ % 3 < 2) {
            double share = (double)(place - low->start) / (double)(high->start - low->start);
            int32_t ahead = (int32_t)(share * gap + 0.5);
            probe = low->index + greatest(1, least(ahead, gap - 1));
        } else {
            probe = low->index + gap / 2;
        }
    }
}

// Moves weights towards the components that gave the symbol between two edges most.
INLINE void credit(mixture *m, const edge *low, const edge *high) {
    double8 chances = (high->below - low->below) + 1e-12;
    double8 shares = chances * m->weights;
    if (m->sample_count < MIXTURE_MEMORY) m->sample_count++;
    double rate = 1.0 / (m->sample_count < MIXTURE_MEMORY ? m->sample_count + 5 : MIXTURE_MEMORY);
    double8 moved = m->weights + rate * (shares / lane_sum(&shares) - m->weights);
    for (int32_t i = 0; i < 8; i++)
        if (!(moved[i] >= least_weight)) moved[i] = least_weight;
    m->weights = moved / lane_sum(&moved);
}

// A residual beyond the cells: the number of bits of its distance from them, plus 1 where that is
// not 0, and those bits.
INLINE int64_t code_distance(range_coder *coder, bool is_decoding, int64_t distance) {
    int32_t bit_count = distance > 0 ? 64 - __builtin_clzll((uint64_t)distance) : 0;
    bit_count = (int32_t)code_bits(coder, is_decoding, (uint64_t)bit_count, 6);
    return (int64_t)code_bits(coder, is_decoding, (uint64_t)distance, least(bit_count, 40));
}

// Codes a value and teaches the mixture; where decoding the value is the result, in any range.
INLINE int64_t code_value(range_coder *coder, bool is_decoding, const distribution *d, mixture *m,
                          int64_t value) {
    int64_t cell = (value - d->origin) >> d->shift;
    edge low, high;
    if (is_decoding) {
        find_symbol(d, peek(coder, TOTAL_BITS), &low, &high);
        take(coder, low.start, high.start - low.start, TOTAL_BITS);
    } else {
        int64_t symbol = cell + CELL_COUNT / 2 + 1;
        int32_t index = symbol < 1 ? 0 : symbol > CELL_COUNT ? CELL_COUNT + 1 : (int32_t)symbol;
        low = edge_at(d, index);
        high = edge_at(d, index + 1);
        put(coder, low.start, high.start - low.start, TOTAL_BITS);
    }
    credit(m, &low, &high);
    int64_t first = -CELL_COUNT / 2, last = CELL_COUNT / 2 - 1;
    if (low.index == 0)
        cell = first - 1 - code_distance(coder, is_decoding, first - 1 - cell);
    else if (high.index == EDGE_COUNT)
        cell = last + 1 + code_distance(coder, is_decoding, cell - last - 1);
    else cell = low.index - 1 - CELL_COUNT / 2;
    uint64_t rest = (uint64_t)(value - d->origin) & (((uint64_t)1 << d->shift) - 1);
    rest = code_bits(coder, is_decoding, rest, d->shift);
    return d->origin + (int64_t)(((uint64_t)cell << d->shift) | rest);
}

#endif
