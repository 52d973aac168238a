// A carry-propagating range coder of 64 bits. Frequencies are shares of a power of two, at most
// 2^24; the range never falls below 2^32 between symbols.

#ifndef CADAPTIVEPREDICTOR_RANGECODER_H
#define CADAPTIVEPREDICTOR_RANGECODER_H

#include "Inline.h"

typedef struct {
    uint64_t low, range;
    uint64_t code;         // where decoding: the stream less `low`
    uint8_t *output;       // where encoding
    const uint8_t *input;  // where decoding
    size_t position, limit;
    bool is_full;
} range_coder;

INLINE void emit(range_coder *coder) {
    if (coder->limit - coder->position < 4) {
        coder->is_full = true;
    } else {
        for (int32_t shift = 56; shift >= 32; shift -= 8)
            coder->output[coder->position++] = (uint8_t)(coder->low >> shift);
    }
    coder->low <<= 32;
}

INLINE uint32_t next_word(range_coder *coder) {
    uint32_t word = 0;
    for (int32_t i = 0; i < 4; i++) {
        word <<= 8;
        if (coder->position < coder->limit) word |= coder->input[coder->position++];
    }
    return word;
}

INLINE void carry(range_coder *coder) {
    size_t i = coder->position;
    while (i > 0 && ++coder->output[--i] == 0) {}
}

// Codes a symbol that has `frequency` of 2^bits, after those that have `start` together.
INLINE void put(range_coder *coder, uint32_t start, uint32_t frequency, int32_t bits) {
    uint64_t unit = coder->range >> bits, step = unit * start;
    coder->low += step;
    if (coder->low < step) carry(coder);
    coder->range = unit * frequency;
    if (coder->range >> 32) return;
    emit(coder);
    coder->range <<= 32;
}

// Where in 2^bits the next symbol lies.
INLINE uint32_t peek(const range_coder *coder, int32_t bits) {
    uint64_t place = coder->code / (coder->range >> bits);
    uint64_t last = ((uint64_t)1 << bits) - 1;
    return (uint32_t)(place < last ? place : last);
}

INLINE void take(range_coder *coder, uint32_t start, uint32_t frequency, int32_t bits) {
    uint64_t unit = coder->range >> bits;
    coder->code -= unit * start;
    coder->range = unit * frequency;
    if (coder->range >> 32) return;
    coder->code = coder->code << 32 | next_word(coder);
    coder->range <<= 32;
}

// Up to 32 bits as they are, the higher ones first.
INLINE uint64_t code_bits(range_coder *coder, bool is_decoding, uint64_t value, int32_t count) {
    uint64_t result = 0;
    while (count > 0) {
        int32_t part = least(count, 16);
        count -= part;
        uint32_t piece = (uint32_t)(value >> count) & ((1u << part) - 1);
        if (is_decoding) {
            piece = peek(coder, part);
            take(coder, piece, 1, part);
        } else {
            put(coder, piece, 1, part);
        }
        result = result << part | piece;
    }
    return result;
}

// One bit whose chance of being set is *chance / 2^16, which adapts and stays within 31..65505.
INLINE bool code_bit(range_coder *coder, bool is_decoding, bool bit, uint16_t *chance) {
    uint32_t share = *chance;
    if (is_decoding) bit = peek(coder, 16) < share;
    uint32_t start = bit ? 0 : share, frequency = bit ? share : 65536 - share;
    if (is_decoding) take(coder, start, frequency, 16);
    else put(coder, start, frequency, 16);
    *chance = (uint16_t)(bit ? share + ((65536 - share) >> 5) : share - (share >> 5));
    return bit;
}

// The last word: the multiple of 2^32 that lies in the range.
INLINE void finish(range_coder *coder) {
    uint64_t step = UINT32_MAX;
    coder->low += step;
    if (coder->low < step) carry(coder);
    emit(coder);
}

#endif
