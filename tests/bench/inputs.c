#include "inputs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *allocate(size_t size)
{
    void *memory = malloc(size);

    if (!memory) {
        fprintf(stderr, "bench: out of memory\n");
        exit(1);
    }
    return memory;
}

uint64_t next_random(uint64_t *state)
{
    uint64_t word = *state += 0x9E3779B97F4A7C15u;

    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9u;
    word = (word ^ word >> 27) * 0x94D049BB133111EBu;
    return word ^ word >> 31;
}

/* ---- which key ----------------------------------------------------------- */

struct draw draw_alike(uint32_t keys, uint64_t seed)
{
    return (struct draw){.keys = keys, .shares = NULL, .state = seed};
}

struct draw draw_zipf(uint32_t keys, double alpha, uint64_t seed)
{
    struct draw draw = {.keys = keys,
                        .shares = allocate(keys * sizeof *draw.shares),
                        .state = seed};
    double sum = 0;

    for (uint32_t i = 0; i < keys; i++) {
        sum += pow(i + 1.0, -alpha);
        draw.shares[i] = sum;
    }
    for (uint32_t i = 0; i < keys; i++)
        draw.shares[i] /= sum;
    return draw;
}

void draw_finish(struct draw *draw)
{
    free(draw->shares);
}

uint32_t draw_next(struct draw *draw)
{
    uint64_t word = next_random(&draw->state);
    double share = (double)(word >> 11) / 9007199254740992.0;
    uint32_t low = 0, high = draw->keys - 1;

    if (!draw->shares)
        return (uint32_t)(word % draw->keys);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (draw->shares[middle] > share)
            high = middle;
        else
            low = middle + 1;
    }
    /* Popular keys are not neighbours in memory: a prime scatters them. */
    return (uint32_t)((uint64_t)low * 2654435761u % draw->keys);
}

/* ---- arguments ----------------------------------------------------------- */

struct inputs *inputs_create(size_t count)
{
    struct inputs *inputs = allocate(sizeof *inputs);

    memset(inputs, 0, sizeof *inputs);
    inputs->keys = allocate(count * sizeof *inputs->keys);
    inputs->texts = allocate(count * sizeof *inputs->texts);
    inputs->bytes = allocate(ARRAY_BYTES);
    for (uint32_t i = 0; i < ARRAY_BYTES; i++)
        inputs->bytes[i] = (unsigned char)(i * 2654435761u >> 24);
    for (int i = 0; i < 127; i++)
        inputs->record.values[i] = i / 3.0;
    return inputs;
}

void inputs_destroy(struct inputs *inputs)
{
    if (!inputs)
        return;
    free(inputs->bytes);
    free(inputs->texts);
    free(inputs->keys);
    free(inputs);
}

static void write_texts(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        char *text = inputs->texts[i];
        uint32_t key = inputs->keys[i];

        memcpy(text, "customer/0000000000/x", TEXT_CHARACTERS + 1);
        for (int at = 18; key > 0; at--, key /= 10)
            text[at] = (char)('0' + key % 10);
    }
}

void inputs_draw(struct inputs *inputs, struct draw *draw, size_t count,
                 uint32_t *fresh)
{
    inputs->count = count;
    for (size_t i = 0; i < count; i++) {
        bool is_fresh = fresh && next_random(&draw->state) % 20 == 0;

        inputs->keys[i] = is_fresh ? (*fresh)++ : draw_next(draw);
    }
    write_texts(inputs);
}

void inputs_list(struct inputs *inputs, uint32_t first, size_t count)
{
    inputs->count = count;
    for (size_t i = 0; i < count; i++)
        inputs->keys[i] = first + (uint32_t)i;
    write_texts(inputs);
}

/* ---- calls --------------------------------------------------------------- */

static double run_scalars(const struct inputs *inputs,
                          double (*call)(double x, int n))
{
    double sum = 0;

    for (size_t i = 0; i < inputs->count; i++)
        sum += call(inputs->keys[i], 7);
    return sum;
}

static double run_texts(const struct inputs *inputs,
                        double (*call)(const char *text))
{
    double sum = 0;

    for (size_t i = 0; i < inputs->count; i++)
        sum += call(inputs->texts[i]);
    return sum;
}

static double run_records(const struct inputs *inputs,
                          double (*call)(struct record record))
{
    struct record record = inputs->record;
    double sum = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        record.id = (int)inputs->keys[i];
        sum += call(record);
    }
    return sum;
}

static double run_arrays(const struct inputs *inputs,
                         double (*call)(size_t count,
                                        const unsigned char *bytes))
{
    double sum = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        memcpy(inputs->bytes, &inputs->keys[i], sizeof inputs->keys[i]);
        sum += call(ARRAY_BYTES, inputs->bytes);
    }
    return sum;
}

double inputs_run(const struct inputs *inputs, const struct way *way,
                  enum kind kind, int ttl)
{
    switch (kind) {
    case SCALAR:
        return run_scalars(inputs, way->scalar[ttl]);
    case TEXT:
        return run_texts(inputs, way->text[ttl]);
    case RECORD:
        return run_records(inputs, way->record[ttl]);
    default:
        return run_arrays(inputs, way->array[ttl]);
    }
}
