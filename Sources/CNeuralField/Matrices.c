// Moving matrices between layouts, the loss, and Adam: element-wise work that compilers vectorise.
#include "CNeuralField.h"

#include <math.h>
#include <string.h>

#define WIDTH CNF_PANEL_WIDTH

static int64_t panel_units(int64_t unit_count, int64_t panel) {
    const int64_t rest = unit_count - panel * WIDTH;
    return rest < WIDTH ? rest : WIDTH;
}

void cnf_pack_rows(
    const float *matrix, int64_t unit_count, int64_t depth, int64_t stride, float *panels) {
    for (int64_t panel = 0; panel * WIDTH < unit_count; panel++) {
        const int64_t units = panel_units(unit_count, panel);
        float *to = panels + panel * depth * WIDTH;
        if (units < WIDTH) memset(to, 0, sizeof(float) * (size_t)(depth * WIDTH));
        for (int64_t unit = 0; unit < units; unit++) {
            const float *from = matrix + (panel * WIDTH + unit) * stride;
            for (int64_t k = 0; k < depth; k++) to[k * WIDTH + unit] = from[k];
        }
    }
}

void cnf_pack_columns(
    const float *matrix, int64_t depth, int64_t unit_count, int64_t stride, float *panels) {
    for (int64_t panel = 0; panel * WIDTH < unit_count; panel++) {
        const int64_t units = panel_units(unit_count, panel);
        float *to = panels + panel * depth * WIDTH;
        if (units < WIDTH) memset(to, 0, sizeof(float) * (size_t)(depth * WIDTH));
        for (int64_t k = 0; k < depth; k++) {
            const float *from = matrix + k * stride + panel * WIDTH;
            for (int64_t unit = 0; unit < units; unit++) to[k * WIDTH + unit] = from[unit];
        }
    }
}

double cnf_residuals(
    float *values, const float *targets, int64_t pixel_count, int64_t column_count,
    int64_t value_stride, int64_t target_stride) {
    double sum = 0;
    for (int64_t pixel = 0; pixel < pixel_count; pixel++) {
        float *value = values + pixel * value_stride;
        const float *target = targets + pixel * target_stride;
        float lanes[16] = {0};
        for (int64_t start = 0; start < column_count; start += 16) {
            const int64_t count = column_count - start < 16 ? column_count - start : 16;
            for (int64_t lane = 0; lane < count; lane++) {
                const float wanted = target[start + lane];
                const float difference = value[start + lane] - wanted;
                const float residual = wanted == wanted ? difference : 0.0f;
                value[start + lane] = residual;
                lanes[lane] += residual * residual;
            }
        }
        for (int lane = 0; lane < 16; lane++) sum += (double)lanes[lane];
    }
    return sum;
}

void cnf_transpose(
    const float *input, int64_t pixel_count, int64_t column_count, int64_t input_stride,
    float *output, int64_t output_stride) {
    const int64_t edge = 16;
    for (int64_t column = 0; column < column_count; column += edge) {
        const int64_t last = column + edge < column_count ? column + edge : column_count;
        for (int64_t pixel = 0; pixel < pixel_count; pixel += edge) {
            const int64_t end = pixel + edge < pixel_count ? pixel + edge : pixel_count;
            for (int64_t c = column; c < last; c++) {
                for (int64_t p = pixel; p < end; p++) {
                    output[c * output_stride + p] = input[p * input_stride + c];
                }
            }
        }
    }
}

void cnf_run_adam(const cnf_adam *step) {
    const float mean_share = 1 - step->mean_decay;
    const float square_share = 1 - step->square_decay;
    const float rate = step->rate * step->mean_correction;
    float *restrict parameters = step->parameters;
    float *restrict means = step->means;
    float *restrict squares = step->squares;
    const float *restrict gradient = step->gradient;
    for (int64_t index = 0; index < step->count; index++) {
        const float g = gradient[index];
        means[index] = step->mean_decay * means[index] + mean_share * g;
        squares[index] = step->square_decay * squares[index] + square_share * g * g;
        const float deviation = sqrtf(squares[index] * step->square_correction) + 1e-8f;
        parameters[index] -= rate * means[index] / deviation;
    }
}
