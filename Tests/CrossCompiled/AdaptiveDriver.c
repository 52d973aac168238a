// Codes and decodes a block with the kernels of the adaptive coder alone, as a processor of another
// kind would: the tests compile this file with Sources/CAdaptivePredictor for that processor, run
// it there or in an emulator, and compare its output with the program's own, byte for byte
// (AdaptiveForeignTests.swift).
//
// Standard input, in the processor's byte order: bands, lines, samples as int32 and the greatest
// value as uint32; how many bytes a stream has, as uint32; the values, uint32 each; the stream.
// Standard output: the stream of the values; then the values of the stream.
#include "CAdaptivePredictor.h"

#include <stdio.h>
#include <stdlib.h>

static void *read_bytes(size_t count) {
    void *bytes = malloc(count + 1);
    if (!bytes) exit(3);
    if (fread(bytes, 1, count, stdin) != count) exit(4);
    return bytes;
}

static void write_bytes(const void *bytes, size_t count) {
    if (fwrite(bytes, 1, count, stdout) != count) exit(5);
}

int main(void) {
    cadaptive_layout layout;
    uint32_t stream_size;
    if (fread(&layout, sizeof layout, 1, stdin) != 1) return 2;
    if (fread(&stream_size, sizeof stream_size, 1, stdin) != 1) return 2;
    const size_t count = (size_t)layout.bands * (size_t)layout.lines * (size_t)layout.samples;
    uint32_t *values = read_bytes(count * sizeof *values);
    const uint8_t *stream = read_bytes(stream_size);
    const size_t capacity = count * sizeof *values + 64;
    uint8_t *coded = malloc(capacity);
    if (!coded) return 3;
    const int64_t size = cadaptive_encode(&layout, values, coded, capacity, true);
    if (size < 0) return 6;
    write_bytes(coded, (size_t)size);
    if (cadaptive_decode(&layout, values, stream, stream_size, true) != 0) return 7;
    write_bytes(values, count * sizeof *values);
    return 0;
}
