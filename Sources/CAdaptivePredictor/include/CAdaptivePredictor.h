// The hot loops of AdaptiveCoder, the exact coder number 3; docs/FORMAT.md describes its streams.
//
// Every result is the same on every machine: the arithmetic is integers and IEEE doubles under
// + - * / and square root in one written order, without contraction, and vectors only hold values
// that do not depend on each other.

#ifndef CADAPTIVEPREDICTOR_H
#define CADAPTIVEPREDICTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The extent of a block, and the greatest of its values.
typedef struct {
    int32_t bands, lines, samples;
    uint32_t maximum;
} cadaptive_layout;

enum {
    CADAPTIVE_NO_ROOM = -1,    // the stream is longer than its buffer
    CADAPTIVE_NO_MEMORY = -2,  // an allocation failed
    CADAPTIVE_DAMAGED = -3,    // the stream holds a value above the maximum
};

// Codes values [bands][lines][samples], none above the maximum, into at most `capacity` bytes.
// `is_portable` takes the compiler's base instructions instead of the best of this processor: for
// tests, the bytes are the same. Returns the number of bytes or an error.
int64_t cadaptive_encode(const cadaptive_layout *layout, const uint32_t *values, uint8_t *bytes,
                         size_t capacity, bool is_portable);

// Decodes `count` hostile bytes into values [bands][lines][samples]; bytes past the end read as
// zeros. Returns 0 or an error.
int32_t cadaptive_decode(const cadaptive_layout *layout, uint32_t *values, const uint8_t *bytes,
                         size_t count, bool is_portable);

#endif
