// Decodes a latent with the kernels alone, as a processor of another kind would: the tests compile
// this file with Sources/CNeuralField for that processor, run it there or in an emulator, and
// compare its output with the program's own, bit for bit (ForeignProcessorTests.swift).
//
// Standard input, in the processor's byte order: K, d, latent values, outputs, pixels and sine
// arguments as int32; then floats: w0; the parameters in the order of FieldLayout; the latent;
// [pixels][x, y]; the sine arguments, a multiple of 16 of them.
// Standard output, floats: [outputs][pixels] samples, then the sines.
#include "CNeuralField.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct sizes {
    int32_t layers, width, latent, outputs, pixels, sines;
} sizes;

static int64_t rounded_up(int64_t count, int64_t step) { return (count + step - 1) / step * step; }

/// Room for floats, all 0, or the end of the program.
static float *floats(int64_t count) {
    const int64_t bytes = rounded_up((count + CNF_PANEL_WIDTH) * (int64_t)sizeof(float), 64);
    float *room = aligned_alloc(64, (size_t)bytes);
    if (!room) exit(3);
    for (int64_t index = 0; index < bytes / (int64_t)sizeof(float); index++) room[index] = 0;
    return room;
}

static float *read_floats(int64_t count) {
    float *values = floats(count);
    if (fread(values, sizeof(float), (size_t)count, stdin) != (size_t)count) exit(4);
    return values;
}

static void write_floats(const float *values, int64_t count) {
    if (fwrite(values, sizeof(float), (size_t)count, stdout) != (size_t)count) exit(5);
}

/// One layer: [units][depth] weights and [units] starts, over all pixels.
static void layer(
    cnf_product *product, const float *weights, const float *starts, int64_t units, int64_t depth,
    float *output) {
    float *panels = floats(rounded_up(units, CNF_PANEL_WIDTH) * depth);
    float *padded = floats(rounded_up(units, CNF_PANEL_WIDTH));
    cnf_pack_rows(weights, units, depth, depth, panels);
    for (int64_t unit = 0; unit < units; unit++) padded[unit] = starts[unit];
    product->panels = panels;
    product->start = padded;
    product->depth = depth;
    product->panel_count = rounded_up(units, CNF_PANEL_WIDTH) / CNF_PANEL_WIDTH;
    product->output = output;
    cnf_run_product(CNF_PORTABLE, product);
    free(panels);
    free(padded);
}

static void decode(
    const sizes *n, float omega, const float *parameters, const float *latent,
    const float *positions) {
    const int64_t width = n->width, shifts = (int64_t)n->layers * width;
    const int64_t pixels = rounded_up(n->pixels, CNF_PIXEL_MULTIPLE);
    const int64_t stride = rounded_up(width, CNF_PANEL_WIDTH);
    const float *output_weights = parameters + width * 3 + (n->layers - 1) * width * (width + 1);
    const float *output_biases = output_weights + n->outputs * width;
    const float *modulation = output_biases + n->outputs;
    float *columns = floats(shifts * n->latent);
    float *beta = floats(shifts);
    cnf_transpose(modulation, shifts, n->latent, n->latent, columns, shifts);
    const float *modulation_biases = modulation + shifts * n->latent;
    for (int64_t unit = 0; unit < shifts; unit++) beta[unit] = modulation_biases[unit];
    cnf_run_rows(CNF_PORTABLE, latent, columns, beta, n->latent, shifts);

    float *input = floats(pixels * 2);
    for (int64_t index = 0; index < n->pixels * 2; index++) input[index] = positions[index];
    float *activations[2] = {floats(pixels * stride), floats(pixels * stride)};
    cnf_product product = {
        .input = input, .pixel_count = pixels, .input_stride = 2, .output_stride = stride,
        .omega = omega, .finish = CNF_SINE};
    const float *next = parameters;
    for (int32_t index = 0; index < n->layers; index++) {
        const int64_t depth = index == 0 ? 2 : width;
        float *starts = floats(width);
        for (int64_t unit = 0; unit < width; unit++) {
            starts[unit] = next[width * depth + unit] + beta[index * width + unit];
        }
        layer(&product, next, starts, width, depth, activations[index % 2]);
        free(starts);
        next += width * (depth + 1);
        product.input = activations[index % 2];
        product.input_stride = stride;
    }
    product.output_stride = rounded_up(n->outputs, CNF_PANEL_WIDTH);
    product.finish = CNF_LINEAR;
    float *values = floats(pixels * product.output_stride);
    layer(&product, output_weights, output_biases, n->outputs, width, values);
    float *samples = floats((int64_t)n->outputs * n->pixels);
    cnf_transpose(values, n->pixels, n->outputs, product.output_stride, samples, n->pixels);
    write_floats(samples, (int64_t)n->outputs * n->pixels);
}

int main(void) {
    sizes n;
    if (fread(&n, sizeof n, 1, stdin) != 1) return 2;
    const int64_t shifts = (int64_t)n.layers * n.width;
    const float *omega = read_floats(1);
    const float *parameters = read_floats(
        n.width * 3 + (n.layers - 1) * n.width * (n.width + 1) + n.outputs * (n.width + 1)
        + shifts * (n.latent + 1));
    const float *latent = read_floats(n.latent);
    const float *positions = read_floats((int64_t)n.pixels * 2);
    const float *arguments = read_floats(n.sines);
    decode(&n, omega[0], parameters, latent, positions);
    float *sines = floats(n.sines);
    cnf_run_sine(CNF_PORTABLE, arguments, sines, n.sines);
    write_floats(sines, n.sines);
    return 0;
}
